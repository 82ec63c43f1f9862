package io.sluice.rocketmq.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.client.AnswerTimes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PullDepthTest {
  private static final AnswerTimes TIMES = AnswerTimes.within(Duration.ofSeconds(4));

  private long now = 17;
  private final PullDepth depth = new PullDepth(TIMES, now);

  private void answers(int count, long millis, boolean enough, boolean tooFew) {
    for (int i = 0; i < count; i++) {
      long askedAt = now;
      now += Duration.ofMillis(millis).toNanos();
      depth.answered(askedAt, now, enough, tooFew);
    }
  }

  private void answers(int count, long millis) {
    answers(count, millis, false, false);
  }

  @Test
  void beginsWithOneSmallPull() {
    assertThat(depth.pulls()).isOne();
    assertThat(depth.messages(32)).isEqualTo(4);
    assertThat(depth.messages(2)).isEqualTo(2);
  }

  @Test
  void widensAtOnceWhereAnswersAreInTime() {
    answers(6, 200);

    assertThat(depth.messages(32)).isEqualTo(32);
    assertThat(depth.pulls()).isEqualTo(6);
  }

  @Test
  void addsPullsOnlyWhileTheTargetWaits() {
    answers(6, 200);
    answers(10, 200);
    assertThat(depth.pulls()).isEqualTo(6);

    answers(10, 200, false, true);
    assertThat(depth.pulls()).isEqualTo(16);
    answers(100, 200, false, true);
    assertThat(depth.pulls()).isEqualTo(64);

    answers(3, 200, true, false);
    assertThat(depth.pulls()).isEqualTo(61);
    answers(100, 200, true, false);
    assertThat(depth.pulls()).isEqualTo(6);
  }

  @Test
  void asksForLessAndLessWhileAnswersAreLate() {
    answers(6, 200);
    answers(2, 1100);
    assertThat(depth.pulls()).isOne();
    assertThat(depth.messages(32)).isEqualTo(32);

    answers(3, 1100);
    assertThat(depth.messages(32)).isEqualTo(4);
    answers(30, 1100);
    assertThat(depth.messages(32)).isOne();
    assertThat(depth.pulls()).isOne();
  }

  @Test
  void countsLateAnswersOnceThatWereAskedTogether() {
    answers(6, 200);
    answers(20, 200, false, true);
    long askedAt = now;
    now += Duration.ofSeconds(2).toNanos();
    for (int i = 0; i < 20; i++) {
      depth.answered(askedAt, ++now, false, true);
    }

    assertThat(depth.pulls()).isEqualTo(13);
  }

  @Test
  void staysWhereAnswersAreNeitherInTimeNorLate() {
    answers(6, 200);
    answers(1, 1100);
    answers(20, 700, false, true);

    assertThat(depth.pulls()).isEqualTo(3);
  }

  @Test
  void beginsAnewAfterAFailureAndAsksForLessIfThatFailsToo() {
    answers(6, 200);
    depth.failed();
    assertThat(depth.pulls()).isOne();
    assertThat(depth.messages(32)).isEqualTo(32);

    depth.failed();
    assertThat(depth.messages(32)).isEqualTo(16);
  }

  @Test
  void asksForAllOfABatchThatIsStoredAsOneMessage() {
    answers(6, 200);

    assertThat(depth.messages(100)).isEqualTo(100);
  }
}
