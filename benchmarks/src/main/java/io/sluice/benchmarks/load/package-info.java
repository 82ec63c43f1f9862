/** Messages for copiers to copy. */
@NullMarked
package io.sluice.benchmarks.load;

import org.jspecify.annotations.NullMarked;
