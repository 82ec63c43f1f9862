package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.source.Landmark;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest batches of a shared reading, of all its partitions, within a number of bytes (I6).
 * Guarded by the reading's lock.
 */
final class Window {
  private final long limit;

  /** By name, as lanes are whatever a reader gives its partitions. */
  private final Map<String, Track> tracks = new LinkedHashMap<>();

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long bytes;

  /**
   * @param limit in bytes; the latest batch is kept whatever it takes
   */
  Window(long limit) {
    this.limit = limit;
  }

  void add(Partition partition) {
    tracks.computeIfAbsent(partition.name(), name -> new Track(partition));
  }

  Collection<Track> tracks() {
    return tracks.values();
  }

  Track track(Partition partition) {
    return tracks.get(partition.name());
  }

  Entry append(Batch batch, Optional<Landmark> before) {
    Entry entry = track(batch.partition()).append(batch, before);
    entries.add(entry);
    bytes += batch.bytes();
    return entry;
  }

  /** Whether the oldest batch has to go. */
  boolean isFull() {
    return bytes > limit && entries.size() > 1;
  }

  Entry oldest() {
    return entries.getFirst();
  }

  void removeOldest() {
    Entry oldest = entries.removeFirst();
    track(oldest.batch().partition()).removeFirst();
    bytes -= oldest.batch().bytes();
  }
}
