package io.sluice.engine.reading;

import io.sluice.flows.model.EventFlow;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How a flow reads while it does not take part in the shared reading: by a source of its own, from
 * exactly where it stands, until it has come near enough to take part again.
 *
 * <p>What is not final is guarded by the reading's lock.
 */
final class Detour {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final SharedSource member;
  private final EventFlow flow;
  private final Room room;
  private Optional<OwnReading> reader = Optional.empty();
  private boolean underWay;

  /** The flow stands where it left the shared reading. */
  private boolean unmoved;

  private boolean troubled;

  /**
   * @param room for what the flow has in flight, whoever has read it
   */
  Detour(SharedSource member, EventFlow flow, Room room) {
    this.member = member;
    this.flow = flow;
    this.room = room;
  }

  /** The flow reads for itself, or will as soon as it is not paused any more. */
  boolean isUnderWay() {
    return underWay;
  }

  /** The flow's own reading, if it is there. */
  Optional<OwnReading> reader() {
    return reader;
  }

  /** Whether it is by this reading of its own that the flow reads. */
  boolean isBy(OwnReading candidate) {
    return !member.isStopping() && reader.filter(present -> present == candidate).isPresent();
  }

  /** The flow takes part again. */
  void end() {
    underWay = false;
  }

  /** The flow has just left the shared reading. */
  void leave(Aftermath after) {
    unmoved = true;
    begin(after);
  }

  void begin(Aftermath after) {
    underWay = true;
    if (!member.isPaused() && !member.isStopping() && reader.isEmpty()) {
      ReadingContext limited = new ReadingContext(flow.name(), member.context(), room.rest());
      after.then(() -> begin(limited));
    }
  }

  private void begin(ReadingContext limited) {
    OwnReading young;
    try {
      Source source = flow.source().create(limited);
      young = new OwnReading(this, member, source);
    } catch (RuntimeException failure) {
      failed(failure);
      return;
    }
    member
        .reading()
        .change(
            after -> {
              if (underWay && !member.isPaused() && !member.isStopping() && reader.isEmpty()) {
                reader = Optional.of(young);
                unmoved = false;
                after.then(young::begin);
              } else {
                after.then(young.source()::close);
              }
            });
  }

  /** Whether the flow goes on reading by it. */
  boolean started(OwnReading young, Optional<Throwable> failure) {
    boolean goesOn;
    boolean over;
    synchronized (member.reading().lock()) {
      goesOn = isBy(young) && failure.isEmpty();
      over = goesOn && troubled;
      if (goesOn) {
        troubled = false;
        if (member.isPaused()) {
          young.source().pause();
        }
      } else if (isBy(young)) {
        reader = Optional.empty();
      }
    }
    if (over) {
      member.receiver().recovered();
    }
    if (goesOn) {
      member.runs();
    } else {
      young.source().close();
      failure.ifPresent(this::failed);
    }
    return goesOn;
  }

  private void failed(Throwable failure) {
    if (member.startFailed(failure)) {
      return;
    }
    if (failure instanceof RetriableException trouble) {
      synchronized (member.reading().lock()) {
        troubled = true;
      }
      member.receiver().troubled(trouble);
      member.context().scheduler().after(RETRY, () -> member.reading().change(this::begin));
    } else if (failure instanceof SluiceException known) {
      member.receiver().failed(known);
    }
  }

  /** The flow's own reading has stopped; whether it is still near enough is to be seen. */
  void join(OwnReading gone, Map<Partition, Origin> places) {
    member.reading().change(after -> join(gone, places, after));
  }

  private void join(OwnReading gone, Map<Partition, Origin> places, Aftermath after) {
    if (!isBy(gone)) {
      return;
    }
    reader = Optional.empty();
    Seats seats = member.seats();
    seats.all().forEach(Seat::takeHeld);
    SharedReading reading = member.reading();
    if (member.isPaused() || reading.hasEnded()) {
      begin(after);
    } else if (!reading.hasBegun()) {
      Map<Partition, Origin> stands = new HashMap<>();
      places.forEach(
          (partition, place) ->
              stands.put(partition, new Origin(seats.of(partition).next(), place.landmark())));
      reading.lead(member, stands, after);
    } else if (seats.areCoveredBy(reading.window())) {
      reading.attach(member, after);
    } else {
      begin(after);
    }
  }

  /** The flow is not paused any more. */
  void resume(Aftermath after) {
    SharedReading reading = member.reading();
    if (reader.isPresent()) {
      after.then(reader.get().source()::resume);
    } else if (underWay
        && unmoved
        && !reading.hasEnded()
        && member.seats().areCoveredBy(reading.window())) {
      reading.attach(member, after);
    } else if (underWay) {
      begin(after);
    }
  }

  /** What the flow's own reading asks: what is known here, and else what the flow says. */
  CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
    Map<Partition, ResumePoint> points = new HashMap<>();
    List<Partition> unknown = new ArrayList<>();
    synchronized (member.reading().lock()) {
      for (Partition partition : partitions) {
        Optional<Seat> seat = member.seats().find(partition);
        if (seat.isEmpty()) {
          unknown.add(partition);
        }
        seat.filter(Seat::hasBegun).ifPresent(known -> points.put(partition, known.resumption()));
      }
    }
    if (unknown.isEmpty()) {
      return CompletableFuture.completedFuture(points);
    }
    return member
        .receiver()
        .assigned(unknown)
        .thenApply(
            answered -> {
              member.reading().change(after -> member.seats().take(unknown, answered));
              points.putAll(answered);
              return points;
            });
  }
}
