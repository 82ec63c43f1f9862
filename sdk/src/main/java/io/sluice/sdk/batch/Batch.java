package io.sluice.sdk.batch;

import io.sluice.sdk.record.Record;
import io.sluice.sdk.record.RecordCursor;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A contiguous run of records of one partition: from {@link #first} up to, not including, {@link
 * #next}. Immutable.
 *
 * <p>Rules narrow the {@link #selection}; they never copy. A batch whose selection is empty still
 * covers its range, so that what was filtered out is done too. Positions inside the range may be
 * missing from the payload: the source had nothing to offer there.
 */
public final class Batch {
  private final Partition partition;
  private final Position first;
  private final Position next;
  private final Payload payload;
  private final Selection selection;
  private final Lease lease;

  private Batch(
      Partition partition,
      Position first,
      Position next,
      Payload payload,
      Selection selection,
      Lease lease) {
    this.partition = Objects.requireNonNull(partition);
    this.first = Objects.requireNonNull(first);
    this.next = Objects.requireNonNull(next);
    this.payload = Objects.requireNonNull(payload);
    this.selection = Objects.requireNonNull(selection);
    this.lease = Objects.requireNonNull(lease);
    if (!first.isBefore(next)) {
      throw new IllegalArgumentException(
          "an empty range of " + partition + ": " + first + " to " + next);
    }
  }

  /** All records of a payload, whose positions lie in the range and ascend. */
  public static Batch of(Partition partition, Position first, Position next, Payload payload) {
    Selection all = Selection.all(payload.count());
    return new Batch(partition, first, next, payload, all, Lease.UNSHARED);
  }

  /** The same batch, to be written only while a lease is held. */
  public Batch under(Lease ownership) {
    return new Batch(partition, first, next, payload, selection, ownership);
  }

  /** The same records under another name of their partition: that of one who reads along. */
  public Batch in(Partition other) {
    return new Batch(other, first, next, payload, selection, lease);
  }

  public Partition partition() {
    return partition;
  }

  /** Start of the range. */
  public Position first() {
    return first;
  }

  /** End of the range: where the next batch of the partition starts. */
  public Position next() {
    return next;
  }

  public Payload payload() {
    return payload;
  }

  public Selection selection() {
    return selection;
  }

  /** Whoever writes the batch asks this before each request. */
  public Lease lease() {
    return lease;
  }

  /** Number of selected records. */
  public int count() {
    return selection.size();
  }

  /** Whether no record is selected. */
  public boolean isEmpty() {
    return selection.size() == 0;
  }

  /** Memory held, in bytes, whatever is selected. */
  public long bytes() {
    return payload.bytes();
  }

  /** The same range with another choice of the payload's records. */
  public Batch select(Selection chosen) {
    return new Batch(partition, first, next, payload, chosen, lease);
  }

  /**
   * The same range without the records that do not pass. The record is valid only during the call.
   */
  public Batch filter(Predicate<? super Record> passes) {
    RecordCursor cursor = payload.cursor();
    Selection passed =
        selection.and(
            index -> {
              moveTo(cursor, index);
              return passes.test(cursor);
            });
    return passed.size() == selection.size() ? this : select(passed);
  }

  /**
   * What is left of this batch from a position on: what a retry sends after the records before it
   * were stored.
   *
   * @param position inside the range
   */
  public Batch from(Position position) {
    if (position.equals(first)) {
      return this;
    }
    RecordCursor cursor = payload.cursor();
    Selection rest =
        selection.and(
            index -> {
              moveTo(cursor, index);
              return !cursor.position().isBefore(position);
            });
    return new Batch(partition, position, next, payload, rest, lease);
  }

  /**
   * What of this batch lies before a position.
   *
   * @param position inside the range, behind its start
   */
  public Batch upTo(Position position) {
    if (position.equals(next)) {
      return this;
    }
    RecordCursor cursor = payload.cursor();
    Selection before =
        selection.and(
            index -> {
              moveTo(cursor, index);
              return cursor.position().isBefore(position);
            });
    return new Batch(partition, first, position, payload, before, lease);
  }

  /**
   * The selected records, in order. Each is valid until the iterator moves on: it is the same
   * object.
   */
  public Iterable<Record> records() {
    return SelectedRecords::new;
  }

  private static void moveTo(RecordCursor cursor, int index) {
    while (cursor.index() < index) {
      if (!cursor.advance()) {
        throw new NoSuchElementException("no record " + index);
      }
    }
  }

  @Override
  public String toString() {
    return partition + " " + first + " to " + next + " (" + selection + ")";
  }

  private final class SelectedRecords implements Iterator<Record> {
    private final RecordCursor cursor = payload.cursor();
    private int index = selection.next(0);

    @Override
    public boolean hasNext() {
      return index >= 0;
    }

    @Override
    public Record next() {
      if (index < 0) {
        throw new NoSuchElementException();
      }
      moveTo(cursor, index);
      index = selection.next(index + 1);
      return cursor;
    }
  }
}
