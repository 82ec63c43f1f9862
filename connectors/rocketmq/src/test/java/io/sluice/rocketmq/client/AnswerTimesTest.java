package io.sluice.rocketmq.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerTimesTest {

  @Test
  void arePartsOfTheTimeout() {
    AnswerTimes times = AnswerTimes.within(Duration.ofSeconds(4));

    assertThat(times.inTime(Duration.ofMillis(499).toNanos())).isTrue();
    assertThat(times.inTime(Duration.ofMillis(501).toNanos())).isFalse();
    assertThat(times.late(Duration.ofMillis(999).toNanos())).isFalse();
    assertThat(times.late(Duration.ofMillis(1001).toNanos())).isTrue();
  }

  @Test
  void doNotGrowWithThePatienceOfAFlowBecauseItsLocksHaveNone() {
    AnswerTimes times = AnswerTimes.within(Duration.ofMinutes(2));

    assertThat(times.late(Duration.ofMillis(2001).toNanos())).isTrue();
  }

  @Test
  void doNotShrinkBelowWhatALongWayTakes() {
    AnswerTimes times = AnswerTimes.within(Duration.ofSeconds(1));

    assertThat(times.inTime(Duration.ofMillis(400).toNanos())).isTrue();
    assertThat(times.late(Duration.ofMillis(900).toNanos())).isFalse();
  }
}
