package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.Copier;
import io.sluice.benchmarks.measure.Percentiles;
import io.sluice.benchmarks.report.Figures;

/**
 * What was measured of one copier's turn at a steady pace.
 *
 * @param atSource ages of messages at a direct consumer
 * @param atTarget ages of the same messages after the copier
 * @param cpuMicros processor time of the copier for each message
 */
record LatencyResult(Copier copier, Percentiles atSource, Percentiles atTarget, double cpuMicros) {

  @Override
  public String toString() {
    return "%s: p99 %s ms, %s ms at the source"
        .formatted(copier, Figures.millis(atTarget.at(99)), Figures.millis(atSource.at(99)));
  }
}
