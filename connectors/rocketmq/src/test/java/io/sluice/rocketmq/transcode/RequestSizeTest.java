package io.sluice.rocketmq.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.client.AnswerTimes;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestSizeTest {
  private static final int USUAL = 256 << 10;
  private static final int LARGEST = 4 << 20;
  private static final AnswerTimes TIMES = AnswerTimes.within(Duration.ofSeconds(4));

  private final RequestSize size = RequestSize.learned(EncoderLimits.DEFAULT, TIMES);

  /** Requests that are as large as they may be. */
  private void answers(int count, int millis) {
    IntStream.range(0, count)
        .forEach(i -> size.answered(size.bytes(), Duration.ofMillis(millis).toNanos()));
  }

  @Test
  void beginsSmallAndIsOfTheUsualSizeAfterAFewAnswersInTime() {
    assertThat(size.bytes()).isEqualTo(32 << 10);

    answers(3, 200);
    assertThat(size.bytes()).isEqualTo(USUAL);
  }

  @Test
  void growsOverALongWayUpToWhatBrokersTake() {
    answers(3, 100);
    answers(8, 100);
    assertThat(size.bytes()).isEqualTo(512 << 10);
    answers(100, 100);
    assertThat(size.bytes()).isEqualTo(LARGEST);
  }

  @Test
  void shrinksWhenTheWayIsShortAgain() {
    answers(100, 100);
    answers(100, 1);

    assertThat(size.bytes()).isEqualTo(USUAL);
  }

  @Test
  void takesABusyBrokerForNoLongWay() {
    for (int i = 0; i < 20; i++) {
      answers(7, 200);
      answers(1, 10);
    }

    assertThat(size.bytes()).isEqualTo(USUAL);
  }

  @Test
  void isAheadOfWhatItIsUsedForButNotFar() {
    IntStream.range(0, 100).forEach(i -> size.answered(1000, Duration.ofMillis(1).toNanos()));
    assertThat(size.bytes()).isEqualTo(32 << 10);

    int body = 500 << 10;
    IntStream.range(0, 100).forEach(i -> size.answered(body, Duration.ofMillis(100).toNanos()));
    assertThat(size.bytes()).isEqualTo(2 << 20);
  }

  @Test
  void doesNotGrowWhereAnswersAreNotInTime() {
    answers(100, 600);

    assertThat(size.bytes()).isEqualTo(32 << 10);
  }

  @Test
  void shrinksWhileAnswersAreLate() {
    answers(100, 100);
    answers(1, 1100);
    assertThat(size.bytes()).isEqualTo(LARGEST / 2);

    answers(100, 1100);
    assertThat(size.bytes()).isEqualTo(4 << 10);
  }

  @Test
  void shrinksWhenThereIsNoAnswer() {
    answers(100, 100);
    size.unanswered();

    assertThat(size.bytes()).isEqualTo(LARGEST / 2);
  }

  @Test
  void neverPassesWhatASmallBrokerTakes() {
    RequestSize small = RequestSize.learned(new EncoderLimits(USUAL, 64 << 10), TIMES);
    IntStream.range(0, 100)
        .forEach(i -> small.answered(small.bytes(), Duration.ofMillis(100).toNanos()));

    assertThat(small.bytes()).isEqualTo(USUAL);
  }
}
