package io.sluice.benchmarks.measure;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The middle of a few values. */
public final class Median {
  private Median() {}

  /** Of an even number, the mean of the two in the middle. */
  public static <T> double of(Collection<T> items, ToDoubleFunction<T> value) {
    double[] sorted = items.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
