/** The command that runs the end-to-end measurements. */
@NullMarked
package io.sluice.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
