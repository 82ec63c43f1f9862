package io.sluice.benchmarks.measure;

import java.time.Duration;
import java.util.Arrays;

/** Exact percentiles of a set of times. Immutable. */
public final class Percentiles {
  private static final long ALL = 100_000;

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
   * @param percent above 0, at most 100, with up to three decimals
   */
  public Duration at(double percent) {
    // In whole numbers: 99.9 % of 1,000 is 999, not a little more.
    long share = Math.round(percent * ALL / 100) * sortedNanos.length;
    long rank = (share + ALL - 1) / ALL;
    return Duration.ofNanos(sortedNanos[(int) Math.max(rank, 1) - 1]);
  }

  public int count() {
    return sortedNanos.length;
  }
}
