package io.sluice.sdk.event;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/** Calls on their way to one queue of the bus, one after the other. Thread-safe. */
final class PublisherLane {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Partition partition;
  private final String topic;
  private final Sink sink;
  private final Scheduler scheduler;

  // Guarded by this.
  private final ArrayDeque<PutEventsCall> waiting = new ArrayDeque<>();
  private Position next = new Position(0);
  private boolean busy;

  PublisherLane(Partition partition, String topic, Sink sink, Scheduler scheduler) {
    this.partition = partition;
    this.topic = topic;
    this.sink = sink;
    this.scheduler = scheduler;
  }

  Partition partition() {
    return partition;
  }

  /** Sends a call when those before it are decided. */
  void add(PutEventsCall call) {
    synchronized (this) {
      waiting.add(call);
      if (busy) {
        return;
      }
      busy = true;
    }
    advance();
  }

  private void advance() {
    next().ifPresent(this::write);
  }

  private synchronized Optional<Sending> next() {
    while (!waiting.isEmpty()) {
      PutEventsCall call = waiting.remove();
      Optional<Batch> batch = call.start(partition, next, topic, scheduler.now());
      if (batch.isPresent()) {
        next = batch.get().next();
        return Optional.of(new Sending(call, batch.get(), false));
      }
    }
    busy = false;
    return Optional.empty();
  }

  /**
   * A call under way.
   *
   * @param rest what of it is not decided
   * @param singly whether each record is sent alone, since one of them was refused
   */
  private record Sending(PutEventsCall call, Batch rest, boolean singly) {

    /** What is sent next. */
    Batch batch() {
      return singly ? rest.upTo(rest.first().plus(1)) : rest;
    }

    /** The same from a position on; empty if that is its end. */
    Optional<Sending> from(Position position) {
      return position.equals(rest.next())
          ? Optional.empty()
          : Optional.of(new Sending(call, rest.from(position), singly));
    }
  }

  private void write(Sending sending) {
    if (!sending.call().goesOut()) {
      advance();
      return;
    }
    Batch batch = sending.batch();
    sink.write(batch)
        .thenAccept(result -> scheduler.execute(() -> written(sending, batch, result)));
  }

  private void written(Sending sending, Batch batch, WriteResult result) {
    PutEventsCall call = sending.call();
    if (result instanceof WriteResult.Stored) {
      call.stored(batch.first(), batch.next());
      goOn(sending.from(batch.next()));
    } else if (result instanceof WriteResult.Unknown unknown) {
      call.stored(batch.first(), unknown.from());
      call.failed(
          unknown.from(),
          batch.next(),
          error(EventError.OUTCOME_UNKNOWN, unknown.reason().message(), unknown.reason()));
      goOn(sending.from(batch.next()));
    } else if (result instanceof WriteResult.NotStored notStored) {
      call.stored(batch.first(), notStored.from());
      notStored(
          sending.from(notStored.from()).orElseThrow(),
          batch.next().offset() - notStored.from().offset(),
          notStored.reason());
    }
  }

  /** None of what is left was stored, of which so many records were sent. */
  private void notStored(Sending left, long records, SluiceException reason) {
    PutEventsCall call = left.call();
    Position first = left.rest().first();
    if (reason instanceof RetriableException) {
      call.waitsFor(reason);
      scheduler.after(PAUSE, () -> write(left));
    } else if (reason instanceof RefusedRecordException && records > 1) {
      write(new Sending(call, left.rest(), true));
    } else if (reason instanceof RefusedRecordException) {
      call.failed(first, first.plus(1), reason);
      goOn(left.from(first.plus(1)));
    } else {
      call.failOpen(error(EventError.NOT_STORED, reason.message(), reason));
      advance();
    }
  }

  private void goOn(Optional<Sending> left) {
    left.ifPresentOrElse(this::write, this::advance);
  }

  private static SluiceException error(EventError code, String message, Throwable cause) {
    return new SluiceException(code, message, Location.NONE, code.remedy(), cause);
  }
}
