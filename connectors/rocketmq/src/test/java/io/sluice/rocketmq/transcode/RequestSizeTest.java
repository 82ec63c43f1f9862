package io.sluice.rocketmq.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestSizeTest {
  private static final int LARGEST = 4 << 20;

  private final RequestSize size = new RequestSize(EncoderLimits.DEFAULT);

  private void answers(int count, int millis) {
    IntStream.range(0, count).forEach(i -> size.answered(Duration.ofMillis(millis).toNanos()));
  }

  @Test
  void growsOverALongWayUpToWhatBrokersTake() {
    assertThat(size.bytes()).isEqualTo(256 << 10);

    answers(8, 100);
    assertThat(size.bytes()).isEqualTo(512 << 10);
    answers(100, 100);
    assertThat(size.bytes()).isEqualTo(LARGEST);
  }

  @Test
  void shrinksWhenTheWayIsShortAgain() {
    answers(100, 100);
    answers(100, 1);

    assertThat(size.bytes()).isEqualTo(256 << 10);
  }

  @Test
  void takesABusyBrokerForNoLongWay() {
    for (int i = 0; i < 20; i++) {
      answers(7, 200);
      answers(1, 10);
    }

    assertThat(size.bytes()).isEqualTo(256 << 10);
  }

  @Test
  void neverPassesWhatASmallBrokerTakes() {
    RequestSize small = new RequestSize(new EncoderLimits(256 << 10, 64 << 10));
    IntStream.range(0, 100).forEach(i -> small.answered(Long.MAX_VALUE - 1));

    assertThat(small.bytes()).isEqualTo(256 << 10);
  }
}
