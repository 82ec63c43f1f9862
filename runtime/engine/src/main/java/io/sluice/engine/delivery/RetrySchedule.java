package io.sluice.engine.delivery;

import io.github.resilience4j.core.IntervalFunction;
import io.sluice.flows.model.RetryStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * When a record is tried again that the target did not take, and when no more: Alibaba
 * EventBridge's two strategies, with their caps. Immutable.
 */
public final class RetrySchedule {
  private static final Duration SHORTEST_BACKOFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(20);
  private static final Duration FIRST_DECAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DECAY = Duration.ofSeconds(512);

  private final RetryStrategy strategy;
  private final IntervalFunction intervals;

  /**
   * @param random from 0 to below 1; seeded in a simulation
   */
  public RetrySchedule(RetryStrategy strategy, DoubleSupplier random) {
    this.strategy = strategy;
    this.intervals =
        switch (strategy.push()) {
          case BACKOFF_RETRY -> failures -> randomBackoff(random);
          case EXPONENTIAL_DECAY_RETRY ->
              IntervalFunction.ofExponentialBackoff(FIRST_DECAY, 2.0, LONGEST_DECAY);
        };
  }

  private static long randomBackoff(DoubleSupplier random) {
    long spread = LONGEST_BACKOFF.minus(SHORTEST_BACKOFF).toMillis();
    return SHORTEST_BACKOFF.toMillis() + Math.round(spread * random.getAsDouble());
  }

  /** What comes after a failure. */
  public sealed interface Next {

    /** Another attempt. */
    record Retry(Instant due) implements Next {}

    /** None: a cap is reached. */
    record Exhausted(Cap cap) implements Next {}
  }

  /** What ends the retries, named as in AWS's dead letters. */
  public enum Cap {
    ATTEMPTS("MaximumRetryAttempts"),
    AGE("MaximumEventAgeInSeconds");

    private final String text;

    Cap(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * What comes after the latest failure of a record.
   *
   * @param attempts that failed, at least 1
   * @param first when the first of them failed
   * @param now when the latest failed
   */
  public Next after(int attempts, Instant first, Instant now) {
    if (attempts > strategy.maximumRetryAttempts()) {
      return new Next.Exhausted(Cap.ATTEMPTS);
    }
    Instant due = now.plusMillis(intervals.apply(attempts));
    boolean tooLate = strategy.maximumEventAge().map(first::plus).filter(due::isAfter).isPresent();
    return tooLate ? new Next.Exhausted(Cap.AGE) : new Next.Retry(due);
  }
}
