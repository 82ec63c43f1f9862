package io.sluice.rocketmq.transcode;

import java.time.Duration;

/**
 * How large the requests to one queue get. There is one under way at a time, so that over a long
 * way the rate is the size of a request for each round trip: whoever waits long for answers sends
 * more at once. Where answers come quickly larger requests bring nothing, and huge arrays cost the
 * garbage collector.
 *
 * <p>For one thread.
 */
public final class RequestSize {
  private static final long LONG_WAY_NANOS = Duration.ofMillis(15).toNanos();
  private static final long SHORT_WAY_NANOS = Duration.ofMillis(5).toNanos();

  /**
   * Answers among which the quickest tells the length of the way; others waited for a busy broker.
   */
  private static final int SAMPLE = 8;

  private final int smallest;
  private final int largest;
  private int bytes;
  private long quickest = Long.MAX_VALUE;
  private int answers;

  /**
   * @param limits sizes between {@code targetBytes} and what the broker takes
   */
  public RequestSize(EncoderLimits limits) {
    this.smallest = limits.targetBytes();
    this.largest = Math.max(smallest, limits.maxBytes());
    this.bytes = smallest;
  }

  /** Size of the body up to which records are put together. */
  public int bytes() {
    return bytes;
  }

  /** A request was answered after a time. */
  public void answered(long nanos) {
    quickest = Math.min(quickest, nanos);
    if (++answers < SAMPLE) {
      return;
    }
    if (quickest > LONG_WAY_NANOS) {
      bytes = Math.min(largest, 2 * bytes);
    } else if (quickest < SHORT_WAY_NANOS) {
      bytes = Math.max(smallest, bytes / 2);
    }
    answers = 0;
    quickest = Long.MAX_VALUE;
  }
}
