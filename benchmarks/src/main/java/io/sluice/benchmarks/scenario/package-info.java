/** What the suite measures, one class for each question. */
@NullMarked
package io.sluice.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
