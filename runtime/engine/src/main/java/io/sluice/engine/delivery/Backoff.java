package io.sluice.engine.delivery;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: Resilience4j's exponential intervals, each shortened by
 * a random share of up to a half, so that many flows do not knock at the same moment. Immutable.
 */
public final class Backoff {
  private static final double SPREAD = 0.5;

  private final IntervalFunction intervals;
  private final DoubleSupplier random;

  private Backoff(IntervalFunction intervals, DoubleSupplier random) {
    this.intervals = intervals;
    this.random = random;
  }

  /**
   * Intervals from {@code first}, doubled at each attempt, up to {@code longest}.
   *
   * @param random thread-safe, from 0 to below 1; seeded in a simulation
   */
  public static Backoff exponential(Duration first, Duration longest, DoubleSupplier random) {
    return new Backoff(IntervalFunction.ofExponentialBackoff(first, 2.0, longest), random);
  }

  /**
   * The wait before the next attempt.
   *
   * @param failures attempts that failed in a row, at least 1
   */
  public Duration after(int failures) {
    double share = 1 - SPREAD * random.getAsDouble();
    return Duration.ofMillis(Math.max(1, Math.round(intervals.apply(failures) * share)));
  }
}
