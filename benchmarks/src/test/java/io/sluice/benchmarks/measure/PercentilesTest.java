package io.sluice.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void isAValueThatOccurred() {
    Percentiles percentiles = Percentiles.ofNanos(LongStream.rangeClosed(1, 1_000).toArray());

    assertThat(List.of(50.0, 99.0, 99.9, 100.0))
        .map(percent -> percentiles.at(percent).toNanos())
        .containsExactly(500L, 990L, 999L, 1_000L);
  }

  @Test
  void ofOneTimeIsThatTime() {
    assertThat(Percentiles.ofNanos(new long[] {7}).at(50)).isEqualTo(Duration.ofNanos(7));
  }

  @Test
  void theMedianOfAnEvenNumberIsInTheMiddle() {
    assertThat(Median.of(List.of(4.0, 1.0, 2.0, 9.0), Double::doubleValue)).isEqualTo(3);
    assertThat(Median.of(List.of(4.0, 1.0, 9.0), Double::doubleValue)).isEqualTo(4);
  }
}
