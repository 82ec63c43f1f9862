package io.sluice.engine.delivery;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import io.sluice.sdk.sink.WriteResult.Stored;
import io.sluice.sdk.sink.WriteResult.Unknown;
import io.sluice.sdk.time.Scheduler;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way into the sink: written, written again where it was not stored, looked up
 * where that is unknown (I7), until every record is stored or the target refuses for good; or
 * written once, until it is known what of it is stored.
 *
 * <p>At most one call to the sink is open at any time. Answers come on any thread; each hands over
 * to the next call, so that the fields below need no lock.
 */
public final class Delivery {
  private final String flow;
  private final Sink sink;
  private final Scheduler scheduler;
  private final Backoff backoff;
  private final Effort effort;
  private final DeliveryListener listener;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile Scheduler.Cancellable waiting = () -> {};
  private volatile CompletableFuture<Void> call = CompletableFuture.completedFuture(null);
  private Batch rest;
  private int failures;
  private boolean looking;

  /** How often a batch is written that the target does not take for now. */
  public enum Effort {
    /** Again and again, with backoff. */
    UNTIL_STORED,
    /** Once: whoever began the delivery decides what becomes of the rest. */
    ONCE
  }

  /**
   * A delivery that goes on until the batch is stored.
   *
   * @param batch with at least one record
   */
  public Delivery(
      String flow,
      Sink sink,
      Batch batch,
      Scheduler scheduler,
      Backoff backoff,
      DeliveryListener listener) {
    this(flow, sink, batch, scheduler, backoff, Effort.UNTIL_STORED, listener);
  }

  /**
   * @param batch with at least one record
   */
  public Delivery(
      String flow,
      Sink sink,
      Batch batch,
      Scheduler scheduler,
      Backoff backoff,
      Effort effort,
      DeliveryListener listener) {
    this.flow = flow;
    this.sink = sink;
    this.rest = batch;
    this.scheduler = scheduler;
    this.backoff = backoff;
    this.effort = effort;
    this.listener = listener;
  }

  /** Begins. Called once. */
  public void start() {
    write();
  }

  /** Ends it wherever it stands; an answer that is still to come is ignored. Any thread. */
  public void abandon() {
    if (ended.compareAndSet(false, true)) {
      waiting.cancel();
      listener.abandoned();
    }
  }

  /** Completes, never with a failure, when no call to the sink is open any more. */
  public CompletionStage<Void> quiet() {
    return call;
  }

  private void write() {
    looking = false;
    ask(sink::write);
  }

  private void repeat() {
    if (!ended.get()) {
      listener.repeated();
      write();
    }
  }

  private void resolve() {
    looking = true;
    ask(sink::resolve); // I7
  }

  private void ask(Function<Batch, CompletionStage<WriteResult>> method) {
    // Before the look at the end: who ends the delivery sees either this call or none after it.
    CompletableFuture<Void> open = new CompletableFuture<>();
    call = open;
    if (ended.get()) {
      open.complete(null);
      return;
    }
    CompletionStage<WriteResult> answer;
    try {
      answer = Objects.requireNonNull(method.apply(rest), "no stage");
    } catch (RuntimeException | Error failure) {
      open.complete(null);
      answered(null, failure);
      return;
    }
    answer.whenComplete(
        (result, failure) -> {
          open.complete(null);
          answered(result, failure);
        });
  }

  private void answered(@Nullable WriteResult result, @Nullable Throwable failure) {
    if (ended.get()) {
      return;
    }
    if (result instanceof Stored stored) {
      end(() -> listener.stored(stored.target()));
    } else if (result instanceof NotStored notStored && reaches(notStored.from())) {
      notStored(notStored.from(), notStored.reason());
    } else if (result instanceof Unknown unknown && reaches(unknown.from())) {
      unknown(unknown.from(), unknown.reason());
    } else {
      // A sink that breaks its contract may have stored anything: only a look at the target tells.
      unknown(rest.first(), brokenAnswer(result, failure));
    }
  }

  private void notStored(Position from, SluiceException reason) {
    if (!narrowTo(from)) {
      return;
    }
    if (reason instanceof RetriableException && effort == Effort.UNTIL_STORED) {
      failAndWait(reason, this::repeat);
    } else {
      end(() -> listener.refused(rest, reason.at(place())));
    }
  }

  private void unknown(Position from, SluiceException reason) {
    if (!narrowTo(from)) {
      return;
    }
    if (looking) {
      failAndWait(reason, this::resolve);
    } else {
      failures++;
      listener.unknown();
      listener.troubled(reason.at(place()));
      resolve();
    }
  }

  /** Leaves out what is stored. Answers false when that was all, and ends the delivery. */
  private boolean narrowTo(Position from) {
    if (from.equals(rest.first())) {
      return true;
    }
    rest = rest.from(from);
    failures = 0; // it moved
    if (rest.isEmpty()) {
      end(() -> listener.stored(Optional.<TargetPosition>empty()));
      return false;
    }
    return true;
  }

  private void failAndWait(SluiceException reason, Runnable next) {
    failures++;
    listener.troubled(reason.at(place()));
    waiting = scheduler.after(backoff.after(failures), next);
    if (ended.get()) {
      waiting.cancel();
    }
  }

  private void end(Runnable last) {
    if (ended.compareAndSet(false, true)) {
      last.run();
    }
  }

  private boolean reaches(Position from) {
    return !from.isBefore(rest.first()) && from.isBefore(rest.next());
  }

  private SluiceException brokenAnswer(@Nullable WriteResult result, @Nullable Throwable failure) {
    String what = failure == null ? "answered " + result : "failed with " + failure;
    return new SluiceException(
        EngineError.UNEXPECTED,
        "the sink " + what,
        place(),
        EngineError.UNEXPECTED.remedy(),
        failure);
  }

  private Location place() {
    return Location.InFlow.of(flow, rest.partition(), rest.first());
  }
}
