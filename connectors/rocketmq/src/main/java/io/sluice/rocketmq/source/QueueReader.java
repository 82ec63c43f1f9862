package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.client.WireNames;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Lease;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Reads one queue and offers it batch by batch, one at a time; while that is at the target, what
 * the next one takes accumulates, so that batches grow with what is waiting. A batch that waits for
 * one of its records is passed when the flow says so.
 *
 * <p>All state is touched by tasks of {@link #serial} only, but for what progress reads.
 */
final class QueueReader {
  private final Queue queue;
  private final Partition partition;
  private final Lease lease;
  private final InFlight inFlight;
  private final Scheduler scheduler;
  private final ReaderEvents events;
  private final Ledger ledger;
  private final Serial serial = new Serial(this::broken);
  private final Backlog backlog;
  private final QueueFetch fetch;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();

  /** Offered, and the next one has to wait for it. */
  private Optional<Backlog.Taken> offered = Optional.empty();

  /** Offered and not done, while others have been offered since. */
  private final List<Backlog.Taken> passed = new ArrayList<>();

  private long offeredAt;
  private boolean paused;
  private boolean finishing;
  private boolean stopped;

  QueueReader(Queue queue, Partition partition, Lease lease, ResumePoint start, Tools tools) {
    this.queue = queue;
    this.partition = partition;
    this.lease = lease;
    this.inFlight = tools.inFlight();
    this.scheduler = tools.scheduler();
    this.events = tools.events();
    this.ledger = new Ledger(start);
    this.backlog = new Backlog(partition, tools.filter(), tools.names()::plain);
    this.fetch =
        new QueueFetch(
            queue,
            start,
            tools.puller(),
            tools.verifier(),
            !tools.filter().matchesAll(),
            tools.inFlight(),
            tools.scheduler(),
            serial,
            tools.events(),
            new Fetched());
  }

  /**
   * What the readers of a source share.
   *
   * @param puller pulls with the source's filter
   * @param verifier pulls without one
   * @param names what topics are called at the instance
   */
  record Tools(
      QueuePuller puller,
      QueuePuller verifier,
      BrokerFilter filter,
      WireNames names,
      InFlight inFlight,
      Scheduler scheduler,
      ReaderEvents events) {}

  Queue queue() {
    return queue;
  }

  Partition partition() {
    return partition;
  }

  /** Whether the queue is certainly this flow's own at the moment. */
  boolean isOwned() {
    return lease.isHeld();
  }

  /** Goes on with what can be done: after the start, and when there is room in flight again. */
  void proceed() {
    serial.execute(this::pump);
  }

  void pause() {
    serial.execute(() -> paused = true);
  }

  void resume() {
    serial.execute(
        () -> {
          paused = false;
          pump();
        });
  }

  /**
   * Offers nothing more.
   *
   * @return completes when what is offered is done
   */
  CompletableFuture<Void> finish() {
    serial.execute(
        () -> {
          finishing = true;
          fetch.stop();
          finishIfNothingIsOffered();
        });
    return finished;
  }

  /** Ends for good: completes when no offer or other event is under way and none will come. */
  CompletableFuture<Void> stop() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    serial.execute(
        () -> {
          end();
          ended.complete(null);
        });
    return ended;
  }

  /**
   * Ends for good, and what is offered never will be done: the room that it holds is given back.
   */
  CompletableFuture<Void> abandon() {
    return stop()
        .thenRun(
            () ->
                serial.execute(
                    () -> {
                      offered.ifPresent(passed::add);
                      offered = Optional.empty();
                      passed.forEach(taken -> release(taken.records(), taken.bytes()));
                      passed.clear();
                    }));
  }

  private void end() {
    stopped = true;
    fetch.stop();
    backlog.clear().forEach(chunk -> release(chunk.count(), chunk.bytes()));
    finished.complete(null);
  }

  /** An offered batch is done. */
  void done(Batch batch, Optional<TargetPosition> stored) {
    serial.execute(
        () -> {
          if (stopped && offered.isEmpty() && passed.isEmpty()) {
            return; // given up meanwhile
          }
          if (passed.isEmpty() || isOffered(batch)) {
            Backlog.Taken current =
                offered.orElseThrow(
                    () -> new IllegalStateException("nothing is offered: " + batch));
            backlog.done(current, scheduler.nanoTime() - offeredAt);
            offered = Optional.empty();
            done(current, stored);
          } else {
            done(takeFromPassed(batch), stored);
          }
        });
  }

  private void done(Backlog.Taken taken, Optional<TargetPosition> stored) {
    ledger.done(taken.batch().next(), stored); // I1
    release(taken.records(), taken.bytes());
    finishIfNothingIsOffered();
    pump();
  }

  /** The offered batch waits: the next one may be offered before it is done. */
  void goOn(Batch batch) {
    serial.execute(
        () -> {
          if (isOffered(batch)) {
            passed.add(offered.orElseThrow());
            offered = Optional.empty();
            pump();
          }
        });
  }

  private boolean isOffered(Batch batch) {
    return offered.isPresent() && offered.get().batch().next().equals(batch.next());
  }

  private Backlog.Taken takeFromPassed(Batch batch) {
    for (Backlog.Taken taken : passed) {
      if (taken.batch().next().equals(batch.next())) {
        passed.remove(taken);
        return taken;
      }
    }
    throw new IllegalStateException("not offered: " + batch);
  }

  private void finishIfNothingIsOffered() {
    if (finishing && offered.isEmpty() && passed.isEmpty()) {
      finished.complete(null);
    }
  }

  Position committed() {
    return ledger.committed();
  }

  /** Whether everything that was offered is done. */
  boolean isQuiet() {
    return ledger.isIdle();
  }

  PartitionProgress progress() {
    ResumePoint point = ledger.resumePoint();
    long known = fetch.end();
    OptionalLong lag =
        known < 0
            ? OptionalLong.empty()
            : OptionalLong.of(Math.max(0, known - point.next().offset()));
    return new PartitionProgress(partition, point, lag);
  }

  private void pump() {
    if (!stopped) {
      offer();
      fetch.proceed();
    }
  }

  private void offer() {
    if (paused || finishing || offered.isPresent() || backlog.isEmpty()) {
      return;
    }
    Backlog.Taken next = backlog.take();
    ledger.opened(next.batch().first(), next.batch().next(), next.landmark());
    offered = Optional.of(next);
    offeredAt = scheduler.nanoTime();
    events.offer(next.batch().under(lease));
  }

  private void release(long records, long bytes) {
    inFlight.release(records, bytes);
    events.roomFreed();
  }

  private void broken(RuntimeException failure) {
    end();
    events.broken(this, failure);
  }

  private final class Fetched implements QueueFetch.Reader {
    @Override
    public boolean wantsMore() {
      return !paused && !backlog.isFull();
    }

    @Override
    public boolean isHungry() {
      return offered.isEmpty() && backlog.isEmpty();
    }

    @Override
    public void fetched(Backlog.Piece piece) {
      backlog.add(piece);
      offer();
    }

    @Override
    public void starves() {
      events.starving(QueueReader.this);
    }

    @Override
    public Optional<Position> outside(
        Position position, Pulled.Outside outside, boolean anotherQueue) {
      return events.outside(QueueReader.this, position, outside, anotherQueue);
    }

    @Override
    public void broken(RuntimeException failure) {
      QueueReader.this.broken(failure);
    }
  }
}
