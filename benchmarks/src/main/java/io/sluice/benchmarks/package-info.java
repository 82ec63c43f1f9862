/** The hot code, measured with JMH. */
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
