/** How findings are collected and how they suggest names. */
@NullMarked
package io.sluice.flows.finding;

import org.jspecify.annotations.NullMarked;
