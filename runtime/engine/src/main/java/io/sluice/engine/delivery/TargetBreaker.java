package io.sluice.engine.delivery;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.sluice.sdk.time.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a flow from hammering a target that is down: after five failed writes in a row, from
 * whatever partitions, it lets one attempt through after 5 s, then after 10 s, up to 60 s, until
 * one succeeds. Thread-safe.
 */
public final class TargetBreaker {
  private static final int FAILURES = 5;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final CircuitBreaker breaker;

  public TargetBreaker(String flow, Scheduler scheduler) {
    this.breaker =
        CircuitBreaker.of(
            flow,
            CircuitBreakerConfig.custom()
                .slidingWindow(FAILURES, FAILURES, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(
                    IntervalFunction.ofExponentialBackoff(FIRST_WAIT, 2.0, LONGEST_WAIT))
                .currentTimestampFunction(
                    clock -> clock.instant().toEpochMilli(), TimeUnit.MILLISECONDS)
                .clock(new SchedulerClock(scheduler))
                .build());
  }

  /**
   * Whether a write may begin now. Whoever is let through tells exactly once how it ended: {@link
   * #succeeded}, {@link #failed} or {@link #withdrawn}.
   */
  public boolean permits() {
    return breaker.tryAcquirePermission();
  }

  /** The target answered, be it by refusing a record. */
  public void succeeded() {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** The target answered a write that was not asked about: it is there. */
  public void proved() {
    if (breaker.getState() == State.OPEN) {
      breaker.transitionToClosedState();
    }
  }

  /** The target took nothing. */
  public void failed(Throwable reason) {
    breaker.onError(0, TimeUnit.NANOSECONDS, reason);
  }

  /** The write never began, or nobody knows how it ended. */
  public void withdrawn() {
    breaker.releasePermission();
  }

  /** What it does at the moment. */
  public BreakerState state() {
    State state = breaker.getState();
    return switch (state) {
      case OPEN, FORCED_OPEN -> BreakerState.OPEN;
      case HALF_OPEN -> BreakerState.HALF_OPEN;
      case CLOSED, DISABLED, METRICS_ONLY -> BreakerState.CLOSED;
    };
  }

  private static final class SchedulerClock extends Clock {
    private final Scheduler scheduler;

    private SchedulerClock(Scheduler scheduler) {
      this.scheduler = scheduler;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return scheduler.now();
    }
  }
}
