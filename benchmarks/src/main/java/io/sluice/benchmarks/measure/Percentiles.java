package io.sluice.benchmarks.measure;

import java.time.Duration;
import java.util.Arrays;

/** Exact percentiles of a set of times. Immutable. */
public final class Percentiles {
  private final long[] sortedNanos;

  private Percentiles(long[] sortedNanos) {
    this.sortedNanos = sortedNanos;
  }

  public static Percentiles ofNanos(long[] times) {
    if (times.length == 0) {
      throw new IllegalArgumentException("no times");
    }
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    return new Percentiles(sorted);
  }

  /**
   * The shortest time that is not exceeded by this share.
   *
   * @param percent above 0, at most 100
   */
  public Duration at(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sortedNanos.length);
    return Duration.ofNanos(sortedNanos[Math.max(rank, 1) - 1]);
  }

  public int count() {
    return sortedNanos.length;
  }
}
