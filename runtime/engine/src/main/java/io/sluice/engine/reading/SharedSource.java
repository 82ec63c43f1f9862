package io.sluice.engine.reading;

import io.sluice.flows.model.BusReading;
import io.sluice.flows.model.BusReading.Start;
import io.sluice.flows.model.EventFlow;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.Selection;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.time.Duration;
import java.util.ArrayList;
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
 * <p>Guarded by the reading's lock, but for what is final.
 */
final class SharedSource implements Source {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Readings readings;
  private final EventFlow flow;
  private final BusReading shared;
  private final SourceContext context;
  private final Taker taker;
  private final Room room;
  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile Optional<SharedReading> entered = Optional.empty();
  private volatile Optional<BatchReceiver> receiver = Optional.empty();
  private Optional<OwnReading> own = Optional.empty();
  private boolean attached;

  /** It reads for itself, or will as soon as it is not paused any more. */
  private boolean apart;

  /** It left the shared reading where it stands, and has read nothing since. */
  private boolean unmoved;

  private boolean troubled;
  private boolean paused;
  private boolean stopping;
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

  boolean isPaused() {
    return paused;
  }

  boolean readsForItself() {
    return apart;
  }

  @Override
  public CompletionStage<Void> start(BatchReceiver flowsSide) {
    receiver = Optional.of(flowsSide);
    SharedReading reading = readings.enter(this);
    entered = Optional.of(reading);
    reading.begin(this);
    return started;
  }

  private SharedReading reading() {
    return entered.orElseThrow();
  }

  /** As the flow calls a partition of the shared reading. */
  private String name(Partition partition) {
    return partition.name() + "/" + flow.name();
  }

  Seat seat(Partition partition) {
    return seats.get(name(partition));
  }

  private Track track(Seat seat) {
    return reading().window().track(seat.shared());
  }

  /** Whether the flow has been asked about a partition. */
  boolean knows(Partition partition) {
    return seats.containsKey(name(partition));
  }

  /** Asks the flow where it goes on; the answer names places of the shared partitions. */
  void ask(
      List<Partition> partitions, Aftermath after, Consumer<Map<Partition, Origin>> answered) {
    Map<Partition, Partition> own = new LinkedHashMap<>();
    for (Partition partition : partitions) {
      own.put(partition, new Partition(name(partition), partition.lane()));
    }
    after.then(
        () ->
            receiver()
                .assigned(List.copyOf(own.values()))
                .whenComplete(
                    (points, failure) -> {
                      if (failure == null) {
                        answered.accept(took(own, points));
                      } else {
                        startFailed(failure);
                      }
                    }));
  }

  private Map<Partition, Origin> took(
      Map<Partition, Partition> own, Map<Partition, ResumePoint> points) {
    Map<Partition, Origin> places = new HashMap<>();
    synchronized (reading().lock()) {
      own.forEach(
          (shared, partition) -> {
            Seat seat = seats.computeIfAbsent(partition.name(), name -> new Seat(shared, partition));
            Optional.ofNullable(points.get(partition))
                .ifPresent(
                    point -> {
                      seat.begin(point);
                      places.put(shared, Origin.of(point));
                    });
          });
    }
    return places;
  }

  /** Whether a reading that begins at these places begins where the flow would. */
  boolean mayBeginAt(Map<Partition, Origin> places) {
    return !places.isEmpty() || shared.start() == Start.WITH_THE_BUS;
  }

  /** The flow runs. */
  void runs(Aftermath after) {
    after.then(() -> started.complete(null));
  }

  void startFailed(Throwable failure) {
    started.completeExceptionally(
        failure instanceof CompletionException ? failure.getCause() : failure);
  }

  /** Takes part from where it stands. */
  void attached(Aftermath after) {
    attached = true;
    apart = false;
    for (Seat seat : seats.values()) {
      Track track = track(seat);
      if (!seat.hasBegun() && track.hasBegun()) {
        seat.begin(new ResumePoint(track.start(), Optional.empty()));
      }
      seat.forgetSeen();
      long counts = track.records();
      if (seat.hasBegun()) {
        for (Entry entry : track.entries()) {
          if (seat.next().isBefore(entry.batch().next())) {
            counts = seat.pending().isEmpty() ? entry.recordsBefore() : counts;
            Position first = entry.batch().first();
            Position from = seat.next().isBefore(first) ? first : seat.next();
            seat.pending().add(new Pending(entry, Optional.empty(), from));
            entry.waiting().add(this);
          }
        }
      }
      seat.count(counts - seat.counted());
    }
    pump(after);
  }

  /** Something of a batch is for the flow. */
  void takes(Entry entry, Optional<Selection> matched, Aftermath after) {
    Seat seat = seat(entry.batch().partition());
    seat.pending().add(new Pending(entry, matched, entry.batch().first()));
    entry.waiting().add(this);
    pump(seat, after);
  }

  private void pump(Aftermath after) {
    seats.values().forEach(seat -> pump(seat, after));
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
  }

  /** Leaves the shared reading, and reads for itself from where it stands. */
  void leave(Aftermath after) {
    if (!attached) {
      return;
    }
    passed = passed();
    Map<Partition, Origin> standing = reading().standing();
    for (Seat seat : seats.values()) {
      Track track = track(seat);
      if (seat.hasBegun()) {
        Pending head = seat.pending().peek();
        Optional<Landmark> before =
            head == null
                ? Optional.ofNullable(standing.get(track.partition())).flatMap(Origin::landmark)
                : head.entry().before();
        seat.pending().forEach(waiting -> waiting.entry().waiting().remove(this));
        seat.skipTo(head == null ? track.end() : head.from(), before);
        seat.pending().clear();
      }
      seat.count(-seat.counted());
    }
    attached = false;
    unmoved = true;
    reading().detach(this, after);
    readForItself(after);
  }

  /** Records that did not pass, of the batches that the flow has been through. */
  private long passed() {
    long all = passed;
    if (attached) {
      for (Seat seat : seats.values()) {
        Track track = track(seat);
        Pending head = seat.pending().peek();
        all += (head == null ? track.records() : head.entry().recordsBefore()) - seat.counted();
      }
    }
    return all;
  }

  void readForItself(Aftermath after) {
    apart = true;
    if (!paused && !stopping && own.isEmpty()) {
      after.then(this::beginOwn);
    }
  }

  private void beginOwn() {
    OwnReading young;
    try {
      ReadingContext limited = new ReadingContext(flow.name(), context, rest());
      young = new OwnReading(this, flow.source().create(limited));
    } catch (RuntimeException failure) {
      ownFailed(failure);
      return;
    }
    boolean wanted;
    synchronized (reading().lock()) {
      wanted = apart && !paused && !stopping && own.isEmpty();
      if (wanted) {
        own = Optional.of(young);
        unmoved = false;
      }
    }
    if (!wanted) {
      young.source().close();
      return;
    }
    CompletionStage<Void> start;
    try {
      start = young.source().start(young);
    } catch (RuntimeException failure) {
      start = CompletableFuture.failedFuture(failure);
    }
    start.whenComplete((nothing, failure) -> ownStarted(young, Optional.ofNullable(failure)));
  }

  private InFlightLimit rest() {
    synchronized (reading().lock()) {
      return room.rest();
    }
  }

  private void ownStarted(OwnReading young, Optional<Throwable> failure) {
    boolean over;
    synchronized (reading().lock()) {
      if (!isOwn(young)) {
        return;
      }
      over = troubled && failure.isEmpty();
      troubled &= !over;
      if (failure.isPresent()) {
        own = Optional.empty();
      } else if (paused) {
        young.source().pause();
      }
    }
    if (failure.isPresent()) {
      young.source().close();
      ownFailed(failure.get());
      return;
    }
    if (over) {
      receiver().recovered();
    }
    started.complete(null);
    watch(young);
  }

  private void ownFailed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!started.isDone()) {
      started.completeExceptionally(cause);
    } else if (cause instanceof RetriableException trouble) {
      synchronized (reading().lock()) {
        troubled = true;
      }
      receiver().troubled(trouble);
      context.scheduler().after(RETRY, () -> reading().change(this::readForItself));
    } else if (cause instanceof SluiceException known) {
      receiver().failed(known);
    }
  }

  /** Looks now and then whether it has come near enough to take part in the shared reading. */
  private void watch(OwnReading present) {
    context
        .scheduler()
        .after(
            LOOK,
            () ->
                reading()
                    .change(
                        after -> {
                          if (!isOwn(present) || stopping || reading().hasEnded()) {
                            return;
                          }
                          if (!paused && isNear(present)) {
                            Map<Partition, Origin> places = places(present);
                            after.then(
                                () ->
                                    present
                                        .source()
                                        .stop()
                                        .whenComplete((end, failure) -> join(present, places)));
                          } else {
                            after.then(() -> watch(present));
                          }
                        }));
  }

  private boolean isOwn(OwnReading candidate) {
    return own.filter(present -> present == candidate).isPresent();
  }

  private boolean isNear(OwnReading present) {
    Window window = reading().window();
    boolean seated =
        !window.tracks().isEmpty()
            && seats.size() == window.tracks().size()
            && window.tracks().stream()
                .allMatch(
                    track ->
                        knows(track.partition()) && seat(track.partition()).hasBegun());
    if (!seated || !reading().hasBegun()) {
      return seated;
    }
    Map<Partition, Origin> places = places(present);
    Map<Partition, Origin> standing = reading().standing();
    return window.tracks().stream()
        .allMatch(
            track -> {
              Seat seat = seat(track.partition());
              Optional<Origin> now = Optional.ofNullable(standing.get(track.partition()));
              return track.covers(seat.next())
                  && (seat.seen().map(track::holds).orElse(false)
                      || track.stoodAt(Optional.of(places.get(track.partition())), now));
            });
  }

  /** Where the flow's own reading stands, by what its source knows of it. */
  private Map<Partition, Origin> places(OwnReading present) {
    Map<String, ResumePoint> points = new HashMap<>();
    present.source().progress().forEach(one -> points.put(one.partition().name(), one.point()));
    Map<Partition, Origin> places = new HashMap<>();
    for (Track track : reading().window().tracks()) {
      Seat seat = seat(track.partition());
      Optional<Landmark> known =
          Optional.ofNullable(points.get(seat.partition().name()))
              .filter(point -> point.next().equals(seat.next()))
              .flatMap(ResumePoint::landmark)
              .or(() -> seat.point().landmark());
      places.put(track.partition(), new Origin(seat.next(), known));
    }
    return places;
  }

  /** The flow's own reading has stopped; whether it is still near enough is to be seen. */
  private void join(OwnReading gone, Map<Partition, Origin> places) {
    reading()
        .change(
            after -> {
              if (!isOwn(gone)) {
                return;
              }
              own = Optional.empty();
              seats.values().forEach(Seat::takeHeld);
              if (stopping || paused || reading().hasEnded()) {
                readForItself(after);
              } else if (!reading().hasBegun()) {
                Map<Partition, Origin> stands = new HashMap<>();
                places.forEach(
                    (partition, place) ->
                        stands.put(
                            partition, new Origin(seat(partition).next(), place.landmark())));
                reading().lead(this, stands, after);
              } else if (isCovered()) {
                reading().attach(this, after);
              } else {
                readForItself(after);
              }
            });
  }

  private boolean isCovered() {
    return reading().window().tracks().stream()
        .allMatch(
            track ->
                knows(track.partition())
                    && seat(track.partition()).hasBegun()
                    && track.covers(seat(track.partition()).next()));
  }

  /** What the flow's own reading asks: what is known here, and else what the flow says. */
  CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
    Map<Partition, ResumePoint> points = new HashMap<>();
    List<Partition> unknown = new ArrayList<>();
    synchronized (reading().lock()) {
      for (Partition partition : partitions) {
        Seat seat = seats.get(partition.name());
        if (seat == null) {
          unknown.add(partition);
        } else if (seat.hasBegun()) {
          points.put(
              partition,
              new ResumePoint(seat.next(), Optional.empty(), seat.point().landmark()));
        }
      }
    }
    if (unknown.isEmpty()) {
      return CompletableFuture.completedFuture(points);
    }
    return receiver()
        .assigned(unknown)
        .thenApply(
            answered -> {
              synchronized (reading().lock()) {
                for (Partition partition : unknown) {
                  Seat seat = seats.computeIfAbsent(partition.name(), name -> seated(partition));
                  Optional.ofNullable(answered.get(partition)).ifPresent(seat::begin);
                }
              }
              points.putAll(answered);
              return points;
            });
  }

  /** A partition that the shared reading has not come to yet. */
  private Seat seated(Partition partition) {
    String name = partition.name();
    String shared = name.substring(0, name.length() - flow.name().length() - 1);
    return new Seat(new Partition(shared, partition.lane()), partition);
  }

  /** The flow's own reading offers. */
  void offeredBy(OwnReading reader, Batch batch) {
    reading()
        .change(
            after -> {
              if (isOwn(reader) && !stopping) {
                Seat seat = seats.get(batch.partition().name());
                OpenBatch open = new OpenBatch(batch, Optional.of(reader));
                if (seat.isFree()) {
                  offer(seat, open, after);
                } else {
                  seat.hold(open);
                }
              }
            });
  }

  private void offer(Seat seat, OpenBatch batch, Aftermath after) {
    Batch offered = seat.open(batch, Optional.empty());
    room.take(offered);
    after.then(() -> receiver().offer(offered));
  }

  /** Says something to the flow, unless it has left that reading. */
  void tell(OwnReading reader, Consumer<BatchReceiver> words) {
    boolean listens;
    synchronized (reading().lock()) {
      listens = isOwn(reader);
    }
    if (listens) {
      words.accept(receiver());
    }
  }

  @Override
  public void done(Batch batch, Optional<TargetPosition> stored) {
    reading()
        .change(
            after -> {
              Seat seat = seats.get(batch.partition().name());
              Optional<OpenBatch> open = seat.done(batch, stored);
              open.ifPresent(one -> room.giveBack(one.read()));
              open.flatMap(OpenBatch::reader)
                  .filter(this::isOwn)
                  .ifPresent(
                      reader ->
                          after.then(() -> reader.source().done(open.get().read(), stored)));
              proceed(seat, after);
            });
  }

  @Override
  public void goOn(Batch batch) {
    reading()
        .change(
            after -> {
              Seat seat = seats.get(batch.partition().name());
              Optional<OpenBatch> open = seat.goOn(batch);
              open.flatMap(OpenBatch::reader)
                  .filter(this::isOwn)
                  .ifPresent(reader -> after.then(() -> reader.source().goOn(open.get().read())));
              proceed(seat, after);
            });
  }

  private void proceed(Seat seat, Aftermath after) {
    if (seat.isFree()) {
      seat.takeHeld()
          .filter(held -> held.reader().filter(this::isOwn).isPresent() && !stopping)
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
                  own.ifPresent(present -> after.then(present.source()::pause));
                }));
  }

  @Override
  public void resume() {
    entered.ifPresent(
        reading ->
            reading.change(
                after -> {
                  paused = false;
                  if (own.isPresent()) {
                    after.then(own.get().source()::resume);
                  } else if (apart && unmoved && !reading.hasEnded() && isCovered()) {
                    reading.attach(this, after);
                  } else if (apart) {
                    readForItself(after);
                  }
                }));
  }

  @Override
  public List<PartitionProgress> progress() {
    if (entered.isEmpty()) {
      return List.of();
    }
    List<PartitionProgress> progress = new ArrayList<>();
    long more;
    synchronized (reading().lock()) {
      Map<Partition, Origin> marks = reading().marks();
      Map<Partition, PartitionProgress> readers = new HashMap<>();
      own.map(reader -> reader.source().progress())
          .orElseGet(reading()::progress)
          .forEach(one -> readers.put(one.partition(), one));
      for (Seat seat : seats.values()) {
        if (seat.hasBegun()) {
          Partition read = own.isPresent() ? seat.partition() : seat.shared();
          Optional<PartitionProgress> reader = Optional.ofNullable(readers.get(read));
          progress.add(
              attached
                  ? seat.progress(track(seat), marks.get(seat.shared()), reader)
                  : seat.progress(reader, own.isPresent()));
        }
      }
      long all = passed();
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
      return stopped;
    }
    reading()
        .change(
            after -> {
              if (stopping) {
                return;
              }
              stopping = true;
              leave(after);
              CompletionStage<Void> exit = reading().exit(this, after);
              Optional<OwnReading> last = own;
              after.then(
                  () ->
                      last.map(reader -> reader.source().stop())
                          .orElseGet(() -> CompletableFuture.completedFuture(null))
                          .thenCombine(exit, (one, other) -> one)
                          .whenComplete((end, failure) -> stopped.complete(null)));
            });
    return stopped;
  }
}
