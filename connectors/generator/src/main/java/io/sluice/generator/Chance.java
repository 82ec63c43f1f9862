package io.sluice.generator;

/**
 * Random numbers for one field of one record after another: they follow from seed, field and
 * record, so that a field stays what it is when others are added. SplitMix64 (Steele, Lea, Flood,
 * 2014). For one thread.
 */
final class Chance {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private final long origin;
  private long state;

  Chance(long seed, String field) {
    this.origin = mix(seed + GAMMA * field.hashCode());
  }

  /** Turns to a record. */
  void of(long sequence) {
    state = mix(origin + GAMMA * sequence);
  }

  /** Any number. */
  long next() {
    state += GAMMA;
    return mix(state);
  }

  /** A number from 0, below {@code bound}, each one as likely for all that matters here. */
  long below(long bound) {
    return Math.floorMod(next(), bound);
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
