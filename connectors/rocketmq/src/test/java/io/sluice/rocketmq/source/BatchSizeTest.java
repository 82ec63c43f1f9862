package io.sluice.rocketmq.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
  private final BatchSize size = new BatchSize();

  /** Time for so many bytes, when the target takes so many in a second. */
  private static LongUnaryOperator atRate(long bytesPerSecond) {
    return bytes -> bytes * 1_000_000_000 / bytesPerSecond;
  }

  private static LongUnaryOperator afterTheWay(Duration way, LongUnaryOperator rest) {
    return bytes -> way.toNanos() + rest.applyAsLong(bytes);
  }

  /** Batches of one size at a time, and the largest that was used in the second half. */
  private long largestOf(int batches, LongUnaryOperator nanos) {
    long largest = 0;
    for (int i = 0; i < batches; i++) {
      if (i > batches / 2) {
        largest = Math.max(largest, size.bytes());
      }
      size.done(nanos.applyAsLong(size.bytes()));
    }
    return largest;
  }

  @Test
  void growsOverALongWay() {
    largestOf(50, afterTheWay(Duration.ofMillis(100), atRate(1 << 30)));

    assertThat(size.bytes()).isEqualTo(BatchSize.LARGEST);
  }

  @Test
  void staysSmallAtABusyTarget() {
    long largest = largestOf(10_000, afterTheWay(Duration.ofMillis(1), atRate(4 << 20)));

    assertThat(largest).as("trials").isEqualTo(2 * BatchSize.SMALLEST);
    assertThat(size.bytes()).isEqualTo(BatchSize.SMALLEST);
  }

  @Test
  void shrinksWhenTheWayIsShortAgain() {
    largestOf(1_000, afterTheWay(Duration.ofMillis(100), atRate(1 << 30)));
    largestOf(1_000, afterTheWay(Duration.ofMillis(1), atRate(100 << 20)));

    assertThat(size.bytes()).isEqualTo(BatchSize.SMALLEST);
  }

  @Test
  void triesSeldomWhereNothingChanges() {
    int others = 0;
    for (int i = 0; i < 20_000; i++) {
      others += size.bytes() == BatchSize.SMALLEST ? 0 : 1;
      size.done(atRate(8 << 20).applyAsLong(size.bytes()));
    }

    assertThat(others).isBetween(1, 20_000 / 20);
  }

  @Test
  void takesSlowBatchesAmongQuickOnesForNoLongWay() {
    for (int i = 0; i < 1_000; i++) {
      size.done(i % 8 == 0 ? size.bytes() * 20 : size.bytes() * 20 + 200_000_000);
    }

    assertThat(size.bytes()).isEqualTo(BatchSize.SMALLEST);
  }
}
