package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.source.Landmark;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One partition of a shared reading: how far it has come, and its latest batches. Guarded by the
 * reading's lock.
 */
final class Track {
  private final Partition partition;
  private final Deque<Entry> entries = new ArrayDeque<>();

  /** Where the reading was told to begin; empty if it was for the source to say. */
  private Optional<Origin> origin = Optional.empty();

  private Optional<Position> first = Optional.empty();
  private Optional<Position> end = Optional.empty();
  private long records;
  private boolean settled;

  Track(Partition partition) {
    this.partition = partition;
  }

  Partition partition() {
    return partition;
  }

  /** It is settled where the reading begins; empty to leave that to the source. */
  void originates(Optional<Origin> told) {
    settled = true;
    origin = told;
    told.ifPresent(place -> begin(place.next()));
  }

  /** Reading begins; only the first call counts. */
  void begin(Position at) {
    if (end.isEmpty()) {
      first = Optional.of(at);
      end = first;
    }
  }

  /** Whether it has been told where to begin. */
  boolean isSettled() {
    return settled;
  }

  boolean hasBegun() {
    return end.isPresent();
  }

  /** Up to where everything has been handed on. */
  Position end() {
    return end.orElseThrow();
  }

  /** Records that were read. */
  long records() {
    return records;
  }

  /** From where on all batches are still there. */
  Position start() {
    return entries.isEmpty() ? end() : entries.getFirst().batch().first();
  }

  Iterable<Entry> entries() {
    return entries;
  }

  Entry append(Batch batch, Optional<Landmark> before) {
    begin(batch.first());
    Entry entry = new Entry(batch, before, records);
    entries.add(entry);
    end = Optional.of(batch.next());
    records += batch.count();
    return entry;
  }

  void removeFirst() {
    entries.removeFirst();
  }

  /** Whether what comes from a place on is still there, or is yet to come. */
  boolean covers(Position place) {
    return hasBegun() && !place.isBefore(start()) && !end().isBefore(place);
  }

  /** Whether a record is among the latest. */
  boolean holds(Seen record) {
    for (Entry entry : entries) {
      if (record.isIn(entry.batch())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the reading has stood at a place of this very partition, from where on everything is
   * still there.
   *
   * @param place empty for a flow that has never run and begins where the reading did
   * @param now where the source stands
   */
  boolean stoodAt(Optional<Origin> place, Optional<Origin> now) {
    if (settled && origin.equals(place) && (!hasBegun() || first.equals(Optional.of(start())))) {
      return true;
    }
    if (place.isEmpty() || !hasBegun()) {
      return false;
    }
    for (Entry entry : entries) {
      if (new Origin(entry.batch().first(), entry.before()).equals(place.get())) {
        return true;
      }
    }
    return place.get().next().equals(end()) && place.equals(now);
  }
}
