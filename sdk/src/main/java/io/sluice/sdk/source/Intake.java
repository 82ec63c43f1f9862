package io.sluice.sdk.source;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.TargetPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one lane of a source that others bring records to: arrivals come in on any thread, wait, and
 * leave in batches; while one batch is under way the next one grows. Thread-safe.
 *
 * <p>Positions count the records from the resume point on. They say nothing of whoever brings them:
 * what is brought again is another record.
 *
 * @param <A> what comes in
 */
public final class Intake<A extends Arrival> {
  private static final int LARGEST_BATCH = 256;

  private final Partition partition;
  private final String topic;
  private final Ledger ledger;
  private final InFlight inFlight;

  // Guarded by this.
  private final ArrayDeque<A> waiting = new ArrayDeque<>();
  private List<A> open = List.of();
  private long held;
  private Position next;
  private boolean paused;
  private boolean closed;

  /**
   * @param topic that the records show
   */
  public Intake(Partition partition, String topic, ResumePoint start, InFlightLimit limit) {
    this.partition = partition;
    this.topic = topic;
    this.ledger = new Ledger(start);
    this.inFlight = new InFlight(limit);
    this.next = start.next();
  }

  /**
   * Takes an arrival in. Blocks while the flow has as much in flight as it may (I6): that is what
   * slows down whoever brings them.
   *
   * @return false if the intake is closed
   */
  public synchronized boolean enter(A arrival) throws InterruptedException {
    while (!closed && !inFlight.tryReserve(arrival.count(), arrival.bytes())) {
      wait();
    }
    if (closed) {
      return false;
    }
    add(arrival);
    return true;
  }

  /** What became of an arrival that could not wait for room. */
  public enum Entry {
    /** It is in. */
    ENTERED,
    /** The flow has as much in flight as it may (I6). */
    FULL,
    /** Nothing is taken in now. */
    CLOSED
  }

  /** Takes an arrival in if there is room, and it would not wait for a pause to end. */
  public synchronized Entry tryEnter(A arrival) {
    if (closed || paused) {
      return Entry.CLOSED;
    }
    if (!inFlight.tryReserve(arrival.count(), arrival.bytes())) {
      return Entry.FULL;
    }
    add(arrival);
    return Entry.ENTERED;
  }

  private void add(A arrival) {
    held += arrival.count();
    waiting.add(arrival);
  }

  /**
   * Takes an arrival back that is not under way yet.
   *
   * @return whether none of it will be stored
   */
  public synchronized boolean withdraw(A arrival) {
    boolean waited = waiting.remove(arrival);
    if (waited) {
      leave(arrival);
      notifyAll();
    }
    return waited;
  }

  /** The next batch, if there is something to offer and nothing under way. */
  public synchronized Optional<Batch> take() {
    if (paused || closed || !open.isEmpty() || waiting.isEmpty()) {
      return Optional.empty();
    }
    Position first = next;
    List<DetachedRecord> records = new ArrayList<>();
    open = new ArrayList<>();
    while (!waiting.isEmpty()
        && (records.isEmpty() || records.size() + waiting.element().count() <= LARGEST_BATCH)) {
      A arrival = waiting.remove();
      open.add(arrival);
      records.addAll(arrival.records(topic, first.plus(records.size())));
    }
    next = first.plus(records.size());
    ledger.opened(first, next);
    return Optional.of(Batch.of(partition, first, next, new RecordPayload(records)));
  }

  /** The batch under way is done; answers its arrivals. */
  public synchronized List<A> done(Position end, Optional<TargetPosition> stored) {
    ledger.done(end, stored);
    List<A> done = open;
    open = List.of();
    for (A arrival : done) {
      leave(arrival);
    }
    notifyAll();
    return done;
  }

  private void leave(A arrival) {
    held -= arrival.count();
    inFlight.release(arrival.count(), arrival.bytes());
  }

  /** Offers nothing until it is told otherwise. */
  public synchronized void pause(boolean pausing) {
    paused = pausing;
  }

  /** Takes nothing in any more; answers the arrivals that are not done. */
  public synchronized List<A> close() {
    closed = true;
    List<A> left = new ArrayList<>(open);
    left.addAll(waiting);
    open = List.of();
    waiting.clear();
    notifyAll();
    return left;
  }

  /** Where its partition stands. */
  public synchronized PartitionProgress progress() {
    return new PartitionProgress(partition, ledger.resumePoint(), OptionalLong.of(held));
  }
}
