package io.sluice.rocketmq.client;

import java.time.Duration;

/**
 * From when on the answer to a large request is late, and until when it is in time: what tells a
 * way that is long from one that is thin. All requests to a server share the way. Where it is thin
 * they wait for each other, and those that must be answered soon, such as the renewal of locks,
 * wait with them. So whoever has much to send or to fetch has less under way while answers are
 * late, and more only while they are in time.
 *
 * @param inTimeNanos hardly anybody is that far away
 * @param lateNanos less than a request may take
 */
public record AnswerTimes(long inTimeNanos, long lateNanos) {
  private static final int IN_TIME = 8;
  private static final int LATE = 4;

  /** However impatient a flow is: the way alone must not make an answer late. */
  private static final Duration SHORTEST = Duration.ofSeconds(4);

  /** However patient a flow is: locks and heartbeats keep their own times. */
  private static final Duration LONGEST = Duration.ofSeconds(8);

  /**
   * @param timeout how long an answer may take
   */
  public static AnswerTimes within(Duration timeout) {
    long nanos = Math.max(SHORTEST.toNanos(), Math.min(timeout.toNanos(), LONGEST.toNanos()));
    return new AnswerTimes(nanos / IN_TIME, nanos / LATE);
  }

  /** Whether more under way would do no harm. */
  public boolean inTime(long nanos) {
    return nanos < inTimeNanos;
  }

  /** Whether less should be under way. */
  public boolean late(long nanos) {
    return nanos > lateNanos;
  }
}
