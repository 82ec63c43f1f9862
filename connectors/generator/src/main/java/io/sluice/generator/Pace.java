package io.sluice.generator;

import java.time.Duration;

/**
 * How many records may go by: a bucket that fills at the rate and holds what one second brings.
 * Times are nanoseconds of a monotonic clock. For one thread at a time.
 */
final class Pace {
  private static final double SECOND = 1e9;

  /** So that fast generators are not woken for every record. */
  private static final double SHORTEST_WAIT = 0.01 * SECOND;

  private final double perNanosecond;
  private final double capacity;
  private double filled;
  private long filledAt;

  /**
   * @param perSecond above 0; infinite for no limit
   */
  Pace(double perSecond, long now) {
    this.perNanosecond = perSecond / SECOND;
    this.capacity = Math.max(1, perSecond);
    restart(now);
  }

  /** Begins anew: what was not used before is gone. */
  void restart(long now) {
    filled = Double.isInfinite(capacity) ? capacity : 1;
    filledAt = now;
  }

  /** How many records may go by now. */
  long available(long now) {
    if (now > filledAt) {
      filled = Math.min(capacity, filled + (now - filledAt) * perNanosecond);
      filledAt = now;
    }
    return (long) filled;
  }

  /** So many go by. */
  void take(long records) {
    filled -= records;
  }

  /** How long to wait until some more may go by. */
  Duration untilMore(long now) {
    available(now);
    double untilNext = (1 - filled) / perNanosecond;
    return Duration.ofNanos((long) Math.ceil(Math.max(untilNext, SHORTEST_WAIT)));
  }
}
