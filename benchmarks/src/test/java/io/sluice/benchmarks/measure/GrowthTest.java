package io.sluice.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static final double CLOSE = 1e-6;

  private final Growth growth = new Growth();

  @Test
  void countsNeitherTheStartNorTheEnd() {
    look(0, 0, 0);
    look(10, 100, 5_000); // a slow start
    look(14, 900, 5_800);
    look(30, 1_000, 9_000); // stragglers

    assertThat(growth.rate().messagesPerSecond()).isCloseTo(200, within(CLOSE));
    assertThat(growth.rate().cpuMicros()).isCloseTo(1_000, within(CLOSE));
  }

  @Test
  void drawsAStraightLineBetweenTwoLooks() {
    look(0, 0, 0);
    look(10, 1_000, 100);

    assertThat(growth.rate().messagesPerSecond()).isCloseTo(100, within(CLOSE));
    assertThat(growth.rate().cpuMicros()).isCloseTo(100, within(CLOSE));
  }

  @Test
  void hasNoRateWhenNothingGrew() {
    look(0, 0, 0);
    look(10, 0, 100);

    assertThatIllegalStateException().isThrownBy(growth::rate);
  }

  private void look(long seconds, long messages, long cpuMillis) {
    growth.add(
        new Growth.Point(
            Duration.ofSeconds(seconds).toNanos(), messages, Duration.ofMillis(cpuMillis)));
  }
}
