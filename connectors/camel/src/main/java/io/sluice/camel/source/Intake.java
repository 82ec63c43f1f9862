package io.sluice.camel.source;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one lane of an endpoint: exchanges come in on Camel's threads, wait, and leave in batches;
 * while one batch is under way the next one grows. Thread-safe.
 *
 * <p>Positions count the records from the resume point on. They say nothing of the endpoint, which
 * has no positions: a record that it gives again is another record.
 */
final class Intake {
  private static final int LARGEST_BATCH = 256;

  private final Partition partition;
  private final String topic;
  private final Ledger ledger;
  private final InFlight inFlight;

  // Guarded by this.
  private final ArrayDeque<Arrival> waiting = new ArrayDeque<>();
  private List<Arrival> open = List.of();
  private long held;
  private Position next;
  private boolean paused;
  private boolean closed;

  Intake(Partition partition, String topic, ResumePoint start, InFlightLimit limit) {
    this.partition = partition;
    this.topic = topic;
    this.ledger = new Ledger(start);
    this.inFlight = new InFlight(limit);
    this.next = start.next();
  }

  /**
   * Takes an exchange in. Blocks while the flow has as much in flight as it may (I6): that is what
   * slows the endpoint down.
   *
   * @return false if the intake is closed
   */
  synchronized boolean enter(Arrival arrival) throws InterruptedException {
    while (!closed && !inFlight.tryReserve(arrival.drafts().size(), arrival.bytes())) {
      wait();
    }
    if (closed) {
      return false;
    }
    held += arrival.drafts().size();
    waiting.add(arrival);
    return true;
  }

  /** The next batch, if there is something to offer and nothing under way. */
  synchronized Optional<Batch> take() {
    if (paused || closed || !open.isEmpty() || waiting.isEmpty()) {
      return Optional.empty();
    }
    Position first = next;
    List<DetachedRecord> records = new ArrayList<>();
    open = new ArrayList<>();
    while (!waiting.isEmpty()
        && (records.isEmpty()
            || records.size() + waiting.element().drafts().size() <= LARGEST_BATCH)) {
      Arrival arrival = waiting.remove();
      open.add(arrival);
      records.addAll(arrival.records(topic, first.plus(records.size())));
    }
    next = first.plus(records.size());
    ledger.opened(first, next);
    return Optional.of(Batch.of(partition, first, next, new RecordPayload(records)));
  }

  /** The batch under way is done; answers its exchanges. */
  synchronized List<Arrival> done(Position end, Optional<TargetPosition> stored) {
    ledger.done(end, stored);
    List<Arrival> done = open;
    open = List.of();
    for (Arrival arrival : done) {
      held -= arrival.drafts().size();
      inFlight.release(arrival.drafts().size(), arrival.bytes());
    }
    notifyAll();
    return done;
  }

  synchronized void pause(boolean pausing) {
    paused = pausing;
  }

  /** Takes nothing in any more; answers the exchanges that are not done. */
  synchronized List<Arrival> close() {
    closed = true;
    List<Arrival> left = new ArrayList<>(open);
    left.addAll(waiting);
    open = List.of();
    waiting.clear();
    notifyAll();
    return left;
  }

  synchronized PartitionProgress progress() {
    return new PartitionProgress(partition, ledger.resumePoint(), OptionalLong.of(held));
  }
}
