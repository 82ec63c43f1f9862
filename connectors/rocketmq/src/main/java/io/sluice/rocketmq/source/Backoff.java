package io.sluice.rocketmq.source;

import java.time.Duration;

/**
 * Pauses between attempts, each twice as long as the one before, up to a limit. Not thread-safe.
 */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private int failures;

  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  /** The pause after one more failure. */
  public Duration next() {
    Duration pause = first.multipliedBy(1L << Math.min(failures, 16));
    failures++;
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  /** An attempt succeeded. Answers whether there had been failures. */
  public boolean reset() {
    boolean failed = failures > 0;
    failures = 0;
    return failed;
  }
}
