package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One partition of a flow that shares a reading: what the flow has been offered of it, whoever read
 * it, and what comes next. Guarded by the reading's lock.
 */
final class Seat {
  private final Partition shared;
  private final Partition partition;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final List<OpenBatch> open = new ArrayList<>();
  private Optional<Ledger> ledger = Optional.empty();
  private Optional<Position> next = Optional.empty();
  private Optional<OpenBatch> blocking = Optional.empty();
  private Optional<OpenBatch> held = Optional.empty();
  private Optional<Seen> seen = Optional.empty();

  /** Records of the partition that the flow need not count: it came later, or has counted them. */
  private long counted;

  /**
   * @param shared as the shared reading calls the partition
   * @param partition as the flow calls it
   */
  Seat(Partition shared, Partition partition) {
    this.shared = shared;
    this.partition = partition;
  }

  Partition shared() {
    return shared;
  }

  Partition partition() {
    return partition;
  }

  /** The flow begins here; only the first call counts. */
  void begin(ResumePoint start) {
    if (ledger.isEmpty()) {
      ledger = Optional.of(new Ledger(start));
      next = Optional.of(start.next());
    }
  }

  boolean hasBegun() {
    return ledger.isPresent();
  }

  /** Up to where everything has been offered or passed over. */
  Position next() {
    return next.orElseThrow();
  }

  /** Where another reading goes on for the flow. */
  ResumePoint resumption() {
    return new ResumePoint(next(), Optional.empty(), point().landmark());
  }

  /** Where the flow stands, as far as its batches tell. */
  ResumePoint point() {
    return ledger.orElseThrow().resumePoint();
  }

  /**
   * Where a flow stands that takes part in the shared reading. Where nothing is for it, it has come
   * as far as the reading: that is told by its mark, which moves now and then only, so that flows
   * to which nothing happens cost nothing.
   *
   * @param mark empty as long as the source says nothing of the partition
   * @param reader what the source of the shared reading says
   */
  PartitionProgress progress(
      Track track, Optional<Origin> mark, Optional<PartitionProgress> reader) {
    ResumePoint point = point();
    if (!open.isEmpty() || !track.hasBegun()) {
      return told(point, point.next(), reader);
    }
    Optional<Pending> head = Optional.ofNullable(pending.peek());
    ResumePoint reached =
        head.map(one -> Optional.of(new Origin(one.from(), one.entry().before())))
            .orElse(mark)
            .filter(place -> point.next().isBefore(place.next()))
            .map(place -> new ResumePoint(place.next(), point.target(), place.landmark()))
            .orElse(point);
    return told(reached, head.map(Pending::from).orElseGet(track::end), reader);
  }

  /**
   * Where a flow stands that does not read.
   *
   * @param reader what the source of the shared reading says
   */
  PartitionProgress progressApart(Optional<PartitionProgress> reader) {
    return told(point(), point().next(), reader);
  }

  /**
   * Where a flow stands that reads for itself.
   *
   * @param reader what its source says
   */
  PartitionProgress progress(Optional<PartitionProgress> reader) {
    ResumePoint point = point();
    Optional<Landmark> landmark = landmarkAt(point.next(), reader);
    return told(new ResumePoint(point.next(), point.target(), landmark), point.next(), reader);
  }

  /**
   * Up to where everything has been offered to a flow that reads for itself.
   *
   * @param reader what its source says
   */
  Origin place(Optional<PartitionProgress> reader) {
    return new Origin(next(), landmarkAt(next(), reader));
  }

  /** The reader's, if it stands there, and else the last one that is known. */
  private Optional<Landmark> landmarkAt(Position position, Optional<PartitionProgress> reader) {
    return reader
        .map(PartitionProgress::point)
        .filter(read -> read.next().equals(position))
        .flatMap(ResumePoint::landmark)
        .or(() -> point().landmark());
  }

  /**
   * @param at up to where everything is done
   */
  private PartitionProgress told(
      ResumePoint point, Position at, Optional<PartitionProgress> reader) {
    OptionalLong lag =
        reader.isPresent() && reader.get().lag().isPresent()
            ? lag(at, reader.get().committed(), reader.get().lag().getAsLong())
            : OptionalLong.empty();
    return new PartitionProgress(partition, point, lag);
  }

  private static OptionalLong lag(Position at, Position reader, long behindReader) {
    return at.incarnation() == reader.incarnation()
        ? OptionalLong.of(Math.max(0, behindReader + reader.offset() - at.offset()))
        : OptionalLong.empty();
  }

  /** What waits in the shared reading, in order. */
  Deque<Pending> pending() {
    return pending;
  }

  /** Whether something is offered and not done, or waits to be offered. */
  boolean isBusy() {
    return !open.isEmpty() || !pending.isEmpty();
  }

  /** Whether the next batch may be offered. */
  boolean isFree() {
    return blocking.isEmpty();
  }

  /** A batch that came before it might be offered. */
  Optional<OpenBatch> takeHeld() {
    Optional<OpenBatch> taken = held;
    held = Optional.empty();
    return taken;
  }

  void hold(OpenBatch batch) {
    held = Optional.of(batch);
  }

  /** The last record that the flow's own reading has offered. */
  Optional<Seen> seen() {
    return seen;
  }

  void forgetSeen() {
    seen = Optional.empty();
  }

  long counted() {
    return counted;
  }

  void count(long records) {
    counted += records;
  }

  /** Nothing before a position is for the flow. */
  void skipTo(Position position, Optional<Landmark> before) {
    if (next().isBefore(position)) {
      ledger.orElseThrow().opened(next(), position, before);
      ledger.orElseThrow().done(position, Optional.empty());
      next = Optional.of(position);
    }
  }

  /**
   * A batch is about to be offered.
   *
   * @param before by what the partition is known again at its start
   * @return the batch as the flow sees it
   */
  Batch open(OpenBatch batch, Optional<Landmark> before) {
    Batch read = batch.read();
    begin(new ResumePoint(read.first(), Optional.empty(), before));
    skipTo(read.first(), before);
    ledger.orElseThrow().opened(read.first(), read.next(), before);
    next = Optional.of(read.next());
    open.add(batch);
    blocking = Optional.of(batch);
    if (batch.reader().isPresent()) {
      seen = Seen.lastOf(read).or(() -> seen);
    }
    return read.in(partition);
  }

  /** A batch is done; empty if nobody knows of it. */
  Optional<OpenBatch> done(Batch batch, Optional<TargetPosition> stored) {
    Optional<OpenBatch> found = find(batch);
    found.ifPresent(
        one -> {
          open.remove(one);
          ledger.orElseThrow().done(batch.next(), stored); // I1
          release(batch);
        });
    return found;
  }

  /** The next batch may be offered before this one is done. */
  Optional<OpenBatch> goOn(Batch batch) {
    Optional<OpenBatch> found = find(batch);
    release(batch);
    return found;
  }

  private Optional<OpenBatch> find(Batch batch) {
    return open.stream().filter(one -> one.endsLike(batch)).findFirst();
  }

  private void release(Batch batch) {
    blocking = blocking.filter(one -> !one.endsLike(batch));
  }
}
