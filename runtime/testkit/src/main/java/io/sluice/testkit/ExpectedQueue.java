package io.sluice.testkit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a queue of a mirror must hold, in order: 32 bytes per message while the mirror is in order,
 * and an index besides once it is not.
 */
final class ExpectedQueue {
  private long[] offsets = new long[1024];
  private final Fingerprints contents = new Fingerprints();
  private final Fingerprints uniqueKeys = new Fingerprints();
  private final Fingerprints bodies = new Fingerprints();
  private final BitSet seen = new BitSet();
  private int size;
  private int next;

  /** What a message of the mirror is to the queue. */
  enum Verdict {
    IN_PLACE,
    LATE,
    CHANGED,
    REPEATED,
    UNKNOWN
  }

  void add(long offset, Fingerprint message) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2);
    }
    offsets[size] = offset;
    contents.add(message.content());
    uniqueKeys.add(message.uniqueKey());
    bodies.add(message.body());
    size++;
  }

  int size() {
    return size;
  }

  /** Takes the next message of the mirror. */
  Verdict take(Fingerprint message) {
    if (next < size && contents.at(next) == message.content()) {
      seen.set(next++);
      return Verdict.IN_PLACE;
    }
    OptionalInt same = contents.find(message.content(), next, seen);
    if (same.isPresent()) {
      return place(same.getAsInt());
    }
    if (contents.has(message.content())) {
      return Verdict.REPEATED;
    }
    OptionalInt similar = uniqueKeys.find(message.uniqueKey(), next, seen);
    if (similar.isEmpty()) {
      similar = bodies.find(message.body(), next, seen);
    }
    similar.ifPresent(this::place);
    return similar.isPresent() ? Verdict.CHANGED : Verdict.UNKNOWN;
  }

  private Verdict place(int index) {
    seen.set(index);
    boolean late = index < next;
    next = Math.max(next, index + 1);
    return late ? Verdict.LATE : Verdict.IN_PLACE;
  }

  /** How many the mirror did not have. */
  int missing() {
    return size - seen.cardinality();
  }

  /** The offsets at the source of the first of those that the mirror did not have. */
  long[] missingOffsets(int limit) {
    BitSet missing = new BitSet();
    missing.set(0, size);
    missing.andNot(seen);
    return missing.stream().limit(limit).mapToLong(index -> offsets[index]).toArray();
  }

  /** A list of numbers that can tell where a number is. 0 is nowhere. */
  private static final class Fingerprints {
    private long[] values = new long[1024];
    private int size;
    private final Map<Long, Integer> last = new HashMap<>();
    // For each value, the index of the one before it that equals it, or -1.
    private int[] before = {};

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    long at(int index) {
      return values[index];
    }

    boolean has(long value) {
      return value != 0 && index().containsKey(value);
    }

    /** The first unseen one from {@code start} on; without such, the first unseen one at all. */
    OptionalInt find(long value, int start, BitSet seen) {
      int first = -1;
      int firstFromStart = -1;
      int index = has(value) ? index().get(value) : -1;
      for (; index >= 0; index = before[index]) {
        if (!seen.get(index)) {
          first = index;
          firstFromStart = index >= start ? index : firstFromStart;
        }
      }
      int found = firstFromStart >= 0 ? firstFromStart : first;
      return found >= 0 ? OptionalInt.of(found) : OptionalInt.empty();
    }

    private Map<Long, Integer> index() {
      if (before.length < size) {
        before = new int[size];
        last.clear();
        for (int index = 0; index < size; index++) {
          Integer earlier = last.put(values[index], index);
          before[index] = earlier == null ? -1 : earlier;
        }
      }
      return last;
    }
  }
}
