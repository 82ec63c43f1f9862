package io.sluice.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.benchmarks.copier.Copier;
import io.sluice.benchmarks.load.Load;
import io.sluice.benchmarks.measure.Growth;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyTableTest {

  @Test
  void comparesWithinARoundOnly() {
    CopyTable table = new CopyTable();

    // In the second round the machine had half the time for us.
    table.add(
        new CopyCase(1024, 8, 20),
        new Load(1_000, 1024, 8),
        List.of(round(4_000, 1_000), round(2_000, 500), round(4_400, 1_000)));

    assertThat(table.markdown().toString().lines().skip(2))
        .map(row -> row.replaceAll(" +", " "))
        .containsExactly(
            "| 1 KB | 8 | 20 ms | Sluice | 1,000 | 4,000 | 4.10 | 2.00 | 100 | 1.00 | 1.00 |",
            "| 1 KB | 8 | 20 ms | push and send | 600 of 1,000 | 1,000 | 1.02 | 2.00 | 100 | 4.00"
                + " | 1.00 |");
  }

  @Test
  void hasNoRatioWithoutSluice() {
    CopyTable table = new CopyTable();

    table.add(
        new CopyCase(100, 1, 0),
        new Load(600, 100, 1),
        List.of(new CopyRound(List.of(result(Copier.PUSH_AND_SEND, 600, 1_000)))));

    assertThat(table.markdown().toString()).contains(" 600 |", " – |");
  }

  private static CopyRound round(double sluice, double naive) {
    return new CopyRound(
        List.of(result(Copier.SLUICE, 1_000, sluice), result(Copier.PUSH_AND_SEND, 600, naive)));
  }

  private static CopyResult result(Copier copier, long copied, double messagesPerSecond) {
    return new CopyResult(copier, copied, new Growth.Rate(messagesPerSecond, 2), 100_000_000);
  }
}
