package io.sluice.sdk.batch;

/**
 * A place in a partition, before the record of the same number: for RocketMQ, a queue offset.
 *
 * <p>A partition that is deleted and made anew counts its records from 0 again. Each such life is
 * an incarnation; every position of a later one lies behind all positions of the ones before.
 *
 * @param incarnation which life of the partition, at least 0; 0 for the first one that was seen
 * @param offset at least 0
 */
public record Position(int incarnation, long offset) implements Comparable<Position> {
  public Position {
    if (incarnation < 0 || offset < 0) {
      throw new IllegalArgumentException("negative position: " + incarnation + ":" + offset);
    }
  }

  /** A position in the first incarnation. */
  public Position(long offset) {
    this(0, offset);
  }

  /** The position {@code records} further on, in the same incarnation. */
  public Position plus(long records) {
    return at(offset + records);
  }

  /** Another offset of the same incarnation. */
  public Position at(long otherOffset) {
    return new Position(incarnation, otherOffset);
  }

  public boolean isBefore(Position other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Position other) {
    return incarnation == other.incarnation
        ? Long.compare(offset, other.offset)
        : Integer.compare(incarnation, other.incarnation);
  }

  /** {@code OFFSET}, or {@code INCARNATION:OFFSET} after the first incarnation. */
  @Override
  public String toString() {
    return incarnation == 0 ? Long.toString(offset) : incarnation + ":" + offset;
  }
}
