package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.Copier;
import io.sluice.benchmarks.load.Load;
import io.sluice.benchmarks.measure.Median;
import io.sluice.benchmarks.report.Figures;
import io.sluice.benchmarks.report.MarkdownTable;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A row for each copier and case: medians over the rounds, and medians of each round's ratios. */
final class CopyTable {
  private final MarkdownTable table =
      new MarkdownTable(
          "size",
          "queues",
          "round trip",
          "copier",
          "copied",
          "messages/s",
          "MB/s",
          "CPU µs/message",
          "peak RSS MB",
          "rate: Sluice ÷ this",
          "CPU: Sluice ÷ this");

  void add(CopyCase copyCase, Load load, List<CopyRound> rounds) {
    for (CopyResult result : rounds.get(0).results()) {
      add(copyCase, load, result.copier(), rounds);
    }
  }

  private void add(CopyCase copyCase, Load load, Copier copier, List<CopyRound> rounds) {
    double rate = median(rounds, copier, CopyTable::rate);
    long copied = (long) median(rounds, copier, CopyResult::copied);
    table.row(
        copyCase.size(),
        Integer.toString(copyCase.queues()),
        copyCase.roundTripMillis() + " ms",
        copier.toString(),
        Figures.exactly(copied)
            + (copied != load.messages() ? " of " + Figures.exactly(load.messages()) : ""),
        Figures.of(rate),
        Figures.megabytes(rate * copyCase.bodyBytes()),
        Figures.of(median(rounds, copier, CopyTable::cpu)),
        Figures.megabytes(median(rounds, copier, CopyResult::peakMemory)),
        ratio(rounds, copier, CopyTable::rate),
        ratio(rounds, copier, CopyTable::cpu));
  }

  private static double rate(CopyResult result) {
    return result.rate().messagesPerSecond();
  }

  private static double cpu(CopyResult result) {
    return result.rate().cpuMicros();
  }

  private static double median(
      List<CopyRound> rounds, Copier copier, ToDoubleFunction<CopyResult> value) {
    return Median.of(rounds, round -> value.applyAsDouble(round.of(copier)));
  }

  private static String ratio(
      List<CopyRound> rounds, Copier copier, ToDoubleFunction<CopyResult> value) {
    if (rounds.get(0).sluiceOver(copier, value).isEmpty()) {
      return "–";
    }
    return Figures.of(Median.of(rounds, round -> round.sluiceOver(copier, value).orElseThrow()));
  }

  MarkdownTable markdown() {
    return table;
  }
}
