package io.sluice.sdk.batch;

/**
 * A place in a partition, before the record of the same number: for RocketMQ, a queue offset.
 *
 * @param offset at least 0
 */
public record Position(long offset) implements Comparable<Position> {
  public Position {
    if (offset < 0) {
      throw new IllegalArgumentException("negative position: " + offset);
    }
  }

  /** The position {@code records} further on. */
  public Position plus(long records) {
    return new Position(offset + records);
  }

  public boolean isBefore(Position other) {
    return offset < other.offset;
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(offset, other.offset);
  }

  @Override
  public String toString() {
    return Long.toString(offset);
  }
}
