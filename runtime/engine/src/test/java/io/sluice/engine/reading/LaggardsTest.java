package io.sluice.engine.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.simulation.SimulatedScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LaggardsTest {
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final SimulatedScheduler scheduler = new SimulatedScheduler(1);
  private final Laggards laggards = new Laggards(scheduler, MOMENT);

  @Test
  void aFewCostTheOthersTwoSecondsAndThenATenthOfTheTime() {
    assertThat(waitsFor(3, 10, Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(2));
    laggards.areGone();
    scheduler.runFor(Duration.ofSeconds(8));
    assertThat(waitsFor(3, 10, Duration.ofSeconds(10))).isEqualTo(MOMENT.multipliedBy(8));
    laggards.areGone();
    scheduler.runFor(Duration.ofHours(1));
    assertThat(waitsFor(3, 10, Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aCrowdIsWaitedForAsLongAsItMoves() {
    assertThat(waitsFor(17, 20, Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    assertThat(laggards.areWaitedFor(0, 20)).isFalse();
  }

  @Test
  void manyAreNoCrowdAmongMore() {
    assertThat(waitsFor(17, 40, Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whoIsNotUnderWayIsNotWaitedFor() {
    assertThat(laggards.areWaitedFor(0, 10)).isFalse();
  }

  /** How long the window waits, looking at every moment up to a limit. */
  private Duration waitsFor(long moving, int attached, Duration limit) {
    Duration waited = Duration.ZERO;
    while (waited.compareTo(limit) < 0 && laggards.areWaitedFor(moving, attached)) {
      scheduler.runFor(MOMENT);
      waited = waited.plus(MOMENT);
    }
    return waited;
  }
}
