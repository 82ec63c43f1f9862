/** Event patterns: compiled once, matched on record views. */
@NullMarked
package io.sluice.flows.pattern;

import org.jspecify.annotations.NullMarked;
