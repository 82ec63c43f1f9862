/** Checks across documents. */
@NullMarked
package io.sluice.flows.check;

import org.jspecify.annotations.NullMarked;
