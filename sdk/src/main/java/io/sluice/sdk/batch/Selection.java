package io.sluice.sdk.batch;

import java.util.BitSet;
import java.util.function.IntPredicate;

/** Which records of a payload a batch speaks of, by their index in the payload. Immutable. */
public final class Selection {
  private final int count;
  private final BitSet selected;
  private final int size;

  private Selection(int count, BitSet selected) {
    this.count = count;
    this.selected = selected;
    this.size = selected.cardinality();
  }

  /** Every one of {@code count} records. */
  public static Selection all(int count) {
    BitSet selected = new BitSet(count);
    selected.set(0, count);
    return new Selection(count, selected);
  }

  /** Those of {@code count} records whose index passes. */
  public static Selection of(int count, IntPredicate passes) {
    return all(count).and(passes);
  }

  /** Those of this selection whose index passes too; asked in ascending order, once for each. */
  public Selection and(IntPredicate passes) {
    BitSet narrowed = new BitSet(count);
    for (int index = next(0); index >= 0; index = next(index + 1)) {
      if (passes.test(index)) {
        narrowed.set(index);
      }
    }
    return new Selection(count, narrowed);
  }

  /** Number of selected records. */
  public int size() {
    return size;
  }

  /** Whether nothing is left out. */
  public boolean isAll() {
    return size == count;
  }

  public boolean contains(int index) {
    return selected.get(index);
  }

  /** The first selected index that is at least {@code from}, or -1. */
  public int next(int from) {
    return selected.nextSetBit(from);
  }

  @Override
  public String toString() {
    return size + " of " + count;
  }
}
