package io.sluice.engine.reading;

import io.sluice.flows.model.BusReading;
import io.sluice.flows.model.BusReading.Start;
import io.sluice.flows.model.EventFlow;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Selection;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The source of a flow that shares a reading. It takes part in the shared one as long as it keeps
 * up, and otherwise reads for itself, from exactly where it stands; when it has come near enough it
 * takes part again. The flow does not notice.
 *
 * <p>What is not final is guarded by the reading's lock.
 */
final class SharedSource implements Source {
  private final Readings readings;
  private final EventFlow flow;
  private final BusReading shared;
  private final SourceContext context;
  private final Taker taker;
  private final Room room;
  private final Seats seats;
  private final Detour detour;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile Optional<BatchReceiver> receiver = Optional.empty();
  private volatile Optional<SharedReading> entered = Optional.empty();
  private boolean attached;
  private boolean paused;
  private boolean stopping;
  private long movedAt;
  private long passed;
  private long reported;

  SharedSource(
      Readings readings, EventFlow flow, BusReading shared, SourceContext context, Taker taker) {
    this.readings = readings;
    this.flow = flow;
    this.shared = shared;
    this.context = context;
    this.taker = taker;
    this.room = new Room(context.inFlightLimit());
    this.seats = new Seats(flow.name());
    this.detour = new Detour(this, flow, room);
  }

  String flow() {
    return flow.name();
  }

  BusReading shared() {
    return shared;
  }

  SourceContext context() {
    return context;
  }

  BatchReceiver receiver() {
    return receiver.orElseThrow();
  }

  Seats seats() {
    return seats;
  }

  boolean isPaused() {
    return paused;
  }

  boolean isStopping() {
    return stopping;
  }

  boolean readsForItself() {
    return detour.isUnderWay();
  }

  /** Whether since a monotonic time something was done, or had the flow nothing to do. */
  boolean hasMovedSince(long nanoTime) {
    return movedAt - nanoTime > 0;
  }

  /** Whether a reading that begins at these places begins where the flow would. */
  boolean mayBeginAt(Map<Partition, Origin> places) {
    return !places.isEmpty() || shared.start() == Start.WITH_THE_BUS;
  }

  SharedReading reading() {
    return entered.orElseThrow();
  }

  @Override
  public CompletionStage<Void> start(BatchReceiver flowsSide) {
    receiver = Optional.of(flowsSide);
    SharedReading reading = readings.enter(this);
    entered = Optional.of(reading);
    reading.begin(this);
    return started;
  }

  /** Asks the flow where it goes on; the answer names places of the shared partitions. */
  void ask(List<Partition> partitions, Aftermath after, Consumer<Map<Partition, Origin>> answered) {
    Map<Partition, Partition> asked = new LinkedHashMap<>();
    partitions.forEach(partition -> asked.put(seats.own(partition), partition));
    after.then(
        () ->
            receiver()
                .assigned(List.copyOf(asked.keySet()))
                .whenComplete(
                    (points, failure) -> {
                      if (failure == null) {
                        reading().change(then -> seats.take(asked.keySet(), points));
                        Map<Partition, Origin> places = new HashMap<>();
                        points.forEach(
                            (one, point) -> places.put(asked.get(one), Origin.of(point)));
                        answered.accept(places);
                      } else {
                        startFailed(failure);
                      }
                    }));
  }

  /** The flow runs. Not under the lock, as others hear of it. */
  void runs() {
    started.complete(null);
  }

  /**
   * The flow cannot be started.
   *
   * @return false if it has been already
   */
  boolean startFailed(Throwable failure) {
    return started.completeExceptionally(
        failure instanceof CompletionException ? failure.getCause() : failure);
  }

  /** Takes part from where it stands. */
  void attached(Aftermath after) {
    attached = true;
    detour.end();
    movedAt = context.scheduler().nanoTime();
    seats.attach(reading().window(), this);
    pump(after);
  }

  /**
   * Something of a batch may be for the flow.
   *
   * @param matched what of it passes the flow's rule; empty if nobody has looked
   */
  void takes(Entry entry, Optional<Selection> matched, Aftermath after) {
    if (!seats.areBusy()) {
      movedAt = context.scheduler().nanoTime();
    }
    Seat seat = seats.of(entry.batch().partition());
    seat.pending().add(new Pending(entry, matched, entry.batch().first()));
    entry.waiting().add(this);
    pump(seat, after);
  }

  private void pump(Aftermath after) {
    seats.all().forEach(seat -> pump(seat, after));
  }

  /** Offers what waits, as far as the flow takes it. */
  private void pump(Seat seat, Aftermath after) {
    Pending next = seat.pending().peek();
    if (!attached || paused || stopping || next == null || !seat.isFree()) {
      return;
    }
    Batch batch = next.batch();
    if (!room.fits(batch)) {
      return;
    }
    seat.pending().remove();
    next.entry().waiting().remove(this);
    seat.count(next.counted());
    Batch offered = seat.open(new OpenBatch(batch, Optional.empty()), next.entry().before());
    room.take(batch);
    if (next.matched().isPresent()) {
      after.then(() -> taker.offerMatched(offered));
    } else {
      after.then(() -> receiver().offer(offered));
    }
    reading().taken(after);
  }

  /** Reads for itself; the flow does not take part yet, or no more. */
  void readForItself(Aftermath after) {
    detour.begin(after);
  }

  /** Leaves the shared reading, and reads for itself from where it stands. */
  void leave(Aftermath after) {
    if (attached) {
      passed += seats.passed(reading().window());
      seats.detach(reading().window(), reading().standing(), this);
      attached = false;
      reading().detach(this, after);
      detour.leave(after);
    }
  }

  /** The flow's own reading offers. */
  void offeredBy(OwnReading reader, Batch batch, Aftermath after) {
    if (detour.isBy(reader)) {
      Seat seat = seats.find(batch.partition()).orElseThrow();
      OpenBatch open = new OpenBatch(batch, Optional.of(reader));
      if (seat.isFree()) {
        offer(seat, open, after);
      } else {
        seat.hold(open);
      }
    }
  }

  private void offer(Seat seat, OpenBatch batch, Aftermath after) {
    Batch offered = seat.open(batch, Optional.empty());
    room.take(offered);
    after.then(() -> receiver().offer(offered));
  }

  @Override
  public void done(Batch batch, Optional<TargetPosition> stored) {
    reading()
        .change(
            after -> {
              Seat seat = seats.find(batch.partition()).orElseThrow();
              Optional<OpenBatch> open = seat.done(batch, stored);
              movedAt = context.scheduler().nanoTime();
              open.ifPresent(one -> room.giveBack(one.read()));
              open.ifPresent(one -> tell(one, after, source -> source.done(one.read(), stored)));
              proceed(seat, after);
            });
  }

  @Override
  public void goOn(Batch batch) {
    reading()
        .change(
            after -> {
              Seat seat = seats.find(batch.partition()).orElseThrow();
              seat.goOn(batch)
                  .ifPresent(one -> tell(one, after, source -> source.goOn(one.read())));
              proceed(seat, after);
            });
  }

  /** Tells the flow's own reading of a batch that it has offered, if it is still there. */
  private void tell(OpenBatch batch, Aftermath after, Consumer<Source> words) {
    batch
        .reader()
        .filter(detour::isBy)
        .ifPresent(reader -> after.then(() -> words.accept(reader.source())));
  }

  private void proceed(Seat seat, Aftermath after) {
    if (seat.isFree()) {
      seat.takeHeld()
          .filter(held -> held.reader().filter(detour::isBy).isPresent())
          .ifPresent(held -> offer(seat, held, after));
    }
    pump(after);
  }

  @Override
  public void pause() {
    entered.ifPresent(
        reading ->
            reading.change(
                after -> {
                  paused = true;
                  leave(after);
                  detour.reader().ifPresent(reader -> after.then(reader.source()::pause));
                }));
  }

  @Override
  public void resume() {
    entered.ifPresent(
        reading ->
            reading.change(
                after -> {
                  paused = false;
                  detour.resume(after);
                }));
  }

  @Override
  public List<PartitionProgress> progress() {
    if (entered.isEmpty()) {
      return List.of();
    }
    List<PartitionProgress> progress;
    long more;
    synchronized (reading().lock()) {
      if (attached) {
        progress = seats.progress(reading());
      } else {
        progress =
            detour.reader().map(seats::progress).orElseGet(() -> seats.progressApart(reading()));
      }
      long all = passed + (attached ? seats.passed(reading().window()) : 0);
      more = all - reported;
      reported = all;
    }
    if (more > 0) {
      taker.passedOver(more);
    }
    return progress;
  }

  @Override
  public CompletionStage<Void> stop() {
    if (entered.isEmpty()) {
      stopped.complete(null);
    } else {
      reading().change(this::stop);
    }
    return stopped;
  }

  private void stop(Aftermath after) {
    if (stopping) {
      return;
    }
    stopping = true;
    leave(after);
    CompletionStage<Void> exit = reading().exit(this, after);
    Optional<OwnReading> last = detour.reader();
    after.then(
        () ->
            last.map(reader -> reader.source().stop())
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenCombine(exit, (one, other) -> one)
                .whenComplete((end, failure) -> stopped.complete(null)));
  }
}
