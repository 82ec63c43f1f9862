package io.sluice.flows.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How a record is tried again that the target did not take: {@code retryStrategy}.
 *
 * @param push the intervals
 * @param maximumRetryAttempts attempts after the first one, at least 0
 * @param maximumEventAge since the first failure; empty if only the attempts count
 */
public record RetryStrategy(
    Push push, int maximumRetryAttempts, Optional<Duration> maximumEventAge) {

  /** The intervals between attempts, and how many there are if the flow does not say. */
  public enum Push {
    /** 10 to 20 s, at random. */
    BACKOFF_RETRY(3),
    /** 1 s, doubled each time, up to 512 s: about a day in all. */
    EXPONENTIAL_DECAY_RETRY(176);

    private final int retries;

    Push(int retries) {
      this.retries = retries;
    }

    /** Retries if the flow does not say how many. */
    public int retries() {
      return retries;
    }
  }
}
