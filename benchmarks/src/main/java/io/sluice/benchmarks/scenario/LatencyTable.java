package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.Copier;
import io.sluice.benchmarks.measure.Median;
import io.sluice.benchmarks.measure.Percentiles;
import io.sluice.benchmarks.report.Figures;
import io.sluice.benchmarks.report.MarkdownTable;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Two rows for each copier: the consumer at the target, and the direct one of the same time. */
final class LatencyTable {
  private static final double[] PERCENTS = {50, 99, 99.9};

  private final MarkdownTable table =
      new MarkdownTable("copier", "consumer", "p50 ms", "p99 ms", "p99.9 ms", "CPU µs/message");

  MarkdownTable markdown(List<Copier> copiers, List<LatencyResult> results) {
    for (Copier copier : copiers) {
      List<LatencyResult> own =
          results.stream().filter(result -> result.copier() == copier).toList();
      double cpu = Median.of(own, LatencyResult::cpuMicros);
      row(copier, "at the target", own, LatencyResult::atTarget, Figures.of(cpu));
      row(copier, "at the source", own, LatencyResult::atSource, "–");
    }
    return table;
  }

  private void row(
      Copier copier,
      String consumer,
      List<LatencyResult> results,
      Function<LatencyResult, Percentiles> ages,
      String cpu) {
    String[] cells = new String[PERCENTS.length];
    for (int i = 0; i < PERCENTS.length; i++) {
      double percent = PERCENTS[i];
      double nanos = Median.of(results, result -> ages.apply(result).at(percent).toNanos());
      cells[i] = Figures.millis(Duration.ofNanos((long) nanos));
    }
    table.row(copier.toString(), consumer, cells[0], cells[1], cells[2], cpu);
  }
}
