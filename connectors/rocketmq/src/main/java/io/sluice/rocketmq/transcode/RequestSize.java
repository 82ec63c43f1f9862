package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.client.AnswerTimes;
import io.sluice.sdk.instance.Timeouts;
import java.time.Duration;

/**
 * How large the requests of one lane get. There is one under way at a time, so that over a long way
 * the rate is the size of a request for each round trip: whoever waits long for answers sends more
 * at once. Where answers come quickly larger requests bring nothing, and huge arrays cost the
 * garbage collector.
 *
 * <p>A request is small at first, and becomes smaller while answers are late ({@link AnswerTimes}):
 * otherwise many queues would have more under way than crosses in the time that an answer may take,
 * and send all of it in vain.
 *
 * <p>Thread-safe.
 */
public final class RequestSize {
  private static final long LONG_WAY_NANOS = Duration.ofMillis(15).toNanos();
  private static final long SHORT_WAY_NANOS = Duration.ofMillis(5).toNanos();

  private static final int FIRST = 32 << 10;
  private static final int LEAST = 4 << 10;

  /**
   * Answers among which the quickest tells the length of the way; others waited for a busy broker.
   */
  private static final int SAMPLE = 8;

  private final int least;
  private final int usual;
  private final int largest;
  private final AnswerTimes times;
  private volatile int bytes;
  private long quickest = Long.MAX_VALUE;
  private int answers;

  private RequestSize(EncoderLimits limits, int first, AnswerTimes times) {
    this.usual = limits.targetBytes();
    this.largest = Math.max(usual, limits.maxBytes());
    this.least = Math.min(LEAST, usual);
    this.bytes = Math.min(first, usual);
    this.times = times;
  }

  /** Begins with {@code targetBytes}, for whom time plays no part. */
  public static RequestSize of(EncoderLimits limits) {
    return new RequestSize(
        limits, limits.targetBytes(), AnswerTimes.within(Timeouts.DEFAULT.request()));
  }

  /**
   * Begins small, until the way is known.
   *
   * @param limits the usual size, {@code targetBytes}, and what the broker takes
   * @param times when answers are late
   */
  public static RequestSize learned(EncoderLimits limits, AnswerTimes times) {
    return new RequestSize(limits, FIRST, times);
  }

  /** Size of the body up to which records are put together. */
  public int bytes() {
    return bytes;
  }

  /**
   * A request was stored. A small one does not tell whether larger ones do harm. But requests may
   * be a good deal larger than they are: batches do not grow before that.
   *
   * @param body its size in bytes
   * @param nanos after which the answer came
   */
  public synchronized void answered(int body, long nanos) {
    if (times.late(nanos)) {
      shrink();
    } else if (body > bytes / 4) {
      filled(nanos);
    }
  }

  private void filled(long nanos) {
    if (bytes >= usual) {
      sample(nanos);
    } else if (times.inTime(nanos)) {
      bytes = Math.min(usual, 2 * bytes);
    }
  }

  /** A request had no answer in time, or its connection is lost. */
  public synchronized void unanswered() {
    shrink();
  }

  private void shrink() {
    bytes = Math.max(least, bytes / 2);
    forgetSample();
  }

  private void sample(long nanos) {
    quickest = Math.min(quickest, nanos);
    if (++answers < SAMPLE) {
      return;
    }
    if (quickest > LONG_WAY_NANOS && times.inTime(quickest)) {
      bytes = Math.min(largest, 2 * bytes);
    } else if (quickest < SHORT_WAY_NANOS) {
      bytes = Math.max(usual, bytes / 2);
    }
    forgetSample();
  }

  private void forgetSample() {
    answers = 0;
    quickest = Long.MAX_VALUE;
  }
}
