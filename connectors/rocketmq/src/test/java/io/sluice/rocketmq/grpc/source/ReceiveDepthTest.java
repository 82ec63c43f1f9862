package io.sluice.rocketmq.grpc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.client.AnswerTimes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReceiveDepthTest {
  private static final int MANY = 64;
  private static final Duration QUICK = Duration.ofMillis(1);
  private static final Duration LATE = Duration.ofSeconds(2);

  /** Neither in time nor late. */
  private static final Duration BETWEEN = Duration.ofMillis(800);

  private final ReceiveDepth depth = new ReceiveDepth(AnswerTimes.within(Duration.ofSeconds(5)), 0);
  private long now;

  /** Each call is made when the one before is back. */
  private void answered(int got, Duration crossed) {
    answered(depth.messages(), got, now, crossed);
  }

  private void answered(int asked, int got, long askedAt, Duration crossed) {
    now += crossed.toNanos();
    depth.answered(asked, got, askedAt, crossed.toNanos(), MANY - 1, now);
  }

  private void fullAnswers(int count) {
    for (int call = 0; call < count; call++) {
      answered(depth.messages(), QUICK);
    }
  }

  @Test
  void growsWhileCallsComeBackFullAndNotForEver() {
    assertThat(depth.calls(MANY)).isEqualTo(4);
    assertThat(depth.messages()).isEqualTo(4);

    fullAnswers(3);
    assertThat(depth.messages()).isEqualTo(32);

    fullAnswers(100);
    assertThat(depth.messages()).isEqualTo(32);
    assertThat(depth.calls(MANY)).isEqualTo(16);
    assertThat(depth.callsInOrder(MANY)).isEqualTo(MANY);
  }

  @Test
  void makesNoMoreCallsThanThereAreQueues() {
    fullAnswers(100);

    assertThat(depth.calls(6)).isEqualTo(6);
    assertThat(depth.calls(1)).isEqualTo(4);
    assertThat(depth.callsInOrder(0)).isZero();
  }

  @Test
  void staysWhereCallsBringSomething() {
    fullAnswers(1);
    answered(depth.messages() - 1, QUICK);

    assertThat(depth.calls(MANY)).isEqualTo(5);
  }

  @Test
  void fallsBackWhenThereIsNothingMore() {
    fullAnswers(100);
    answered(0, QUICK);
    assertThat(depth.calls(MANY)).isEqualTo(8);

    for (int call = 0; call < 100; call++) {
      answered(0, QUICK);
    }
    assertThat(depth.calls(MANY)).isEqualTo(4);
  }

  @Test
  void asksForMoreOnlyWhereThereIsMore() {
    for (int call = 0; call < 100; call++) {
      answered(1, QUICK);
    }

    assertThat(depth.messages()).isEqualTo(4);
  }

  @Test
  void asksForLessAndThenLessOftenWhileAnswersAreLate() {
    fullAnswers(100);
    for (int messages = 16; messages >= 1; messages /= 2) {
      answered(depth.messages(), LATE);
      assertThat(depth.messages()).isEqualTo(messages);
      assertThat(depth.calls(MANY)).isEqualTo(16);
    }
    answered(1, LATE);
    assertThat(depth.calls(MANY)).isEqualTo(16);
    assertThat(depth.callsInOrder(MANY)).isEqualTo(32);
    for (int call = 0; call < 100; call++) {
      answered(1, LATE);
    }
    assertThat(depth.calls(MANY)).isEqualTo(1);
    assertThat(depth.callsInOrder(MANY)).isEqualTo(1);
    assertThat(depth.messages()).isEqualTo(1);
  }

  @Test
  void whatWasAskedBeforeTheLastHalvingDoesNotHalveAgain() {
    fullAnswers(100);
    long before = now;
    for (int call = 0; call < 5; call++) {
      answered(32, 32, before, LATE);
    }

    assertThat(depth.messages()).isEqualTo(16);
  }

  @Test
  void whatWasAskedBeforeTheLastDoublingDoesNotDoubleAgain() {
    for (int call = 0; call < 5; call++) {
      answered(4, 4, 0, QUICK);
    }

    assertThat(depth.messages()).isEqualTo(8);
  }

  @Test
  void staysWhereAnswersAreNeitherInTimeNorLate() {
    fullAnswers(2);
    answered(depth.messages(), BETWEEN);

    assertThat(depth.messages()).isEqualTo(16);
  }

  @Test
  void comesBackWhenAnswersAreInTimeAgain() {
    for (int call = 0; call < 100; call++) {
      answered(depth.messages(), LATE);
    }
    fullAnswers(10);
    assertThat(depth.callsInOrder(MANY)).isEqualTo(MANY);
    fullAnswers(5);
    assertThat(depth.messages()).isEqualTo(32);
  }

  @Test
  void aCallThatFailsIsLate() {
    fullAnswers(100);
    depth.failed(now, MANY - 1, now + 1);

    assertThat(depth.messages()).isEqualTo(16);
  }
}
