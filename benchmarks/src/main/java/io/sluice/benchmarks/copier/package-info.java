/** Programs that copy a topic: Sluice, and what one would write first without it. */
@NullMarked
package io.sluice.benchmarks.copier;

import org.jspecify.annotations.NullMarked;
