package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.Copier;
import io.sluice.benchmarks.measure.Growth;
import io.sluice.benchmarks.report.Figures;

/**
 * What was measured of one copier's turn.
 *
 * @param copied messages at the target at the end
 * @param rate in the middle of the turn
 * @param peakMemory of its process, in bytes
 */
record CopyResult(Copier copier, long copied, Growth.Rate rate, long peakMemory) {

  @Override
  public String toString() {
    return "%s: %s messages/s, %s µs each"
        .formatted(copier, Figures.of(rate.messagesPerSecond()), Figures.of(rate.cpuMicros()));
  }
}
