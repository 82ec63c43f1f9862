package io.sluice.engine.delivery;

import io.sluice.engine.delivery.Backlog.Next;
import io.sluice.engine.delivery.Consignment.Refusal;
import io.sluice.engine.store.OpenRetry;
import io.sluice.engine.time.SerialExecutor;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.TargetPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The deliveries of one partition of a flow with run options. At most one write of the partition is
 * under way. A record that the target does not take is tried again by the flow's strategy, while
 * those behind it go on; records with its sharding key wait for it (I4). A record that nobody takes
 * goes to the dead-letter queue before anything else happens (I1).
 *
 * <p>All state is touched on the serial executor alone, but for what ends the deliveries.
 */
public final class PartitionDelivery {
  /** How often the breaker is asked while it is open. */
  private static final Duration BREAKER_INTERVAL = Duration.ofSeconds(1);

  private final DeliveryTerms terms;
  private final Partition partition;
  private final PartitionListener listener;
  private final SerialExecutor serial;
  private final SoleDelivery delivery = new SoleDelivery();
  private final Backlog backlog;
  private final Retries retries;
  private final TargetWrites writes;
  private final Undeliverables undeliverables;
  private boolean busy;
  private boolean troubled;

  /** Whether the target refused one of several records: the first is to be asked for alone. */
  private boolean suspicious;

  /** Whether the run comes to its end. */
  private boolean finishing;

  /** Failed attempts in a row that are not a strategy's. */
  private int failures;

  /**
   * @param earlier what a run before was about to try again
   */
  public PartitionDelivery(
      DeliveryTerms terms,
      Partition partition,
      Collection<OpenRetry> earlier,
      PartitionListener listener) {
    this.terms = terms;
    this.partition = partition;
    this.listener = listener;
    this.serial = new SerialExecutor(terms.scheduler());
    this.backlog = new Backlog(terms);
    this.retries = new Retries(terms, partition, earlier, listener, serial, this::step);
    this.writes = new TargetWrites(terms, listener, serial, delivery, new Written());
    this.undeliverables = new Undeliverables(terms, partition, listener, serial, delivery);
  }

  /** Takes the next batch of the partition. Any thread; does not block. */
  public void deliver(Consignment consignment) {
    serial.execute(
        () -> {
          if (delivery.hasEnded()) {
            consignment.exits().forEach(Consignment.Exit::abandoned);
            return;
          }
          terms.repeats().ifPresent(repeats -> leaveOut(consignment, repeats));
          if (retries.resume(consignment)) {
            backlog.add(consignment);
          } else {
            backlog.collect(consignment);
          }
          step();
        });
  }

  private void leaveOut(Consignment consignment, Repeats repeats) {
    int records = consignment.leaveOut(record -> repeats.isRepeat(partition, record));
    if (records > 0) {
      listener.repeats(records);
    }
  }

  /** Ends everything wherever it stands. Any thread. */
  public void abandon() {
    delivery.abandon();
    serial.execute(() -> endAll(Consignment.Exit::abandoned));
  }

  /**
   * Brings what is under way to its end, and leaves what waits to be tried again to the next run.
   * Any thread.
   */
  public void finish() {
    serial.execute(
        () -> {
          finishing = true;
          step();
        });
  }

  /** Completes, never with a failure, when no call to a sink is open any more. */
  public CompletionStage<Void> quiet() {
    return delivery.quiet();
  }

  /** Begins the next thing to be done, if nothing is under way and there is something. */
  private void step() {
    if (busy || delivery.hasEnded()) {
      return;
    }
    backlog.settle();
    Optional<Refusal> last = terms.tolerant() ? Optional.empty() : backlog.firstIsRefused();
    if (last.isPresent()) {
      fail(last.get().reason());
      return;
    }
    Instant now = terms.scheduler().now();
    Optional<Consignment> refusing = terms.tolerant() ? backlog.refusing() : Optional.empty();
    Optional<Parked> due = retries.bench().due(now, backlog.open());
    if (delivery.hasEnded()) {
      return;
    }
    if (refusing.isPresent()) {
      refused(refusing.get(), now);
    } else if (due.isPresent()) {
      busy = true;
      writes.tryAgain(due.get());
    } else {
      goOn(backlog.next(retries.bench(), now, !finishing));
    }
  }

  /** Writes what has not been tried; if there is nothing, asks for more. */
  private void goOn(Next next) {
    if (next instanceof Next.KeepPlace waiting) {
      busy = true;
      retries.keepPlace(waiting.position(), this::proceed);
    } else if (next instanceof Next.Write write) {
      busy = true;
      writes.attempt(write.consignment(), unit(write.rest()));
    } else if (finishing) {
      endAll(Consignment.Exit::abandoned);
    } else {
      if (next instanceof Next.Collect collect) {
        terms.scheduler().after(collect.time(), () -> serial.execute(this::step));
      }
      backlog.passes(retries.bench()).ifPresent(listener::passes);
    }
  }

  private Batch unit(Batch rest) {
    boolean alone = suspicious;
    suspicious = false;
    Position first = first(rest).position();
    Batch unit = alone ? rest.upTo(first.plus(1)) : writes.share(backlog.together(rest));
    return unit.from(first);
  }

  private static Record first(Batch batch) {
    return batch.records().iterator().next();
  }

  /** Does nothing for a while. */
  private void rest(Duration time) {
    terms.scheduler().after(time, () -> serial.execute(this::proceed));
  }

  private void proceed() {
    busy = false;
    step();
  }

  private void retry(
      Consignment consignment, Record record, SluiceException reason, RetrySchedule schedule) {
    Failure failure = failure(record.position(), reason);
    var next = schedule.after(failure.attempts(), failure.first(), failure.last());
    if (next instanceof RetrySchedule.Next.Retry retry) {
      Parked one = retries.bench().after(failure, consignment, record, retry.due());
      retries.keep(one, () -> kept(one));
    } else if (next instanceof RetrySchedule.Next.Exhausted exhausted) {
      giveUp(consignment, record.position(), failure.until(exhausted.cap()));
    }
  }

  private Failure failure(Position position, SluiceException reason) {
    return retries.bench().failure(position, reason, terms.scheduler().now());
  }

  private void kept(Parked one) {
    if (!delivery.hasEnded()) {
      retries.park(one);
      proceed();
    }
  }

  private void refused(Consignment consignment, Instant now) {
    Refusal refusal = consignment.refusal().orElseThrow();
    letGo(
        consignment,
        refusal.position(),
        Failure.once(refusal.reason(), now),
        consignment::refusalIsOver);
  }

  private void giveUp(Consignment consignment, Position position, Failure failure) {
    if (!terms.tolerant()) {
      fail(undeliverables.reason(position, failure));
      return;
    }
    letGo(
        consignment,
        position,
        failure,
        () -> {
          retries.over(position);
          consignment.givenUp(position);
        });
  }

  /** Lets a record go, and only then goes on (I1). */
  private void letGo(
      Consignment consignment, Position position, Failure failure, Runnable afterwards) {
    busy = true;
    undeliverables.letGo(consignment, position, failure, new LetGo(afterwards));
  }

  private void trouble(SluiceException reason) {
    troubled = true;
    listener.troubled(reason);
  }

  private void calm() {
    if (troubled && retries.bench().isEmpty()) {
      troubled = false;
      listener.recovered();
    }
  }

  private void fail(SluiceException reason) {
    delivery.end();
    endAll(exit -> exit.failed(reason));
  }

  private void endAll(Consumer<Consignment.Exit> end) {
    retries.leave();
    backlog.end(end);
  }

  /** What comes of a write to the target. */
  private final class Written implements TargetWrites.Outcome {

    @Override
    public void shut() {
      rest(BREAKER_INTERVAL);
    }

    @Override
    public void troubled(SluiceException reason) {
      trouble(reason);
    }

    @Override
    public void stored(Consignment consignment, Batch unit, Optional<TargetPosition> target) {
      failures = 0;
      if (unit.count() == 1) {
        retries.over(first(unit).position());
      }
      consignment.stored(unit, target);
      calm();
      proceed();
    }

    @Override
    public void notStored(Consignment consignment, Batch unit, Batch rest, SluiceException reason) {
      if (rest.count() < unit.count()) {
        failures = 0;
        consignment.storedBefore(rest, unit);
      }
      if (reason instanceof RetriableException) {
        trouble(reason);
        terms
            .retries()
            .ifPresentOrElse(
                schedule -> retry(consignment, first(rest), reason, schedule),
                () -> rest(terms.backoff().after(++failures)));
      } else if (!(reason instanceof RefusedRecordException)) {
        fail(reason);
      } else if (unit.count() > 1) {
        suspicious = true;
        proceed();
      } else {
        Position position = first(unit).position();
        giveUp(consignment, position, failure(position, reason));
      }
    }
  }

  /** What becomes of a record that was let go. */
  private final class LetGo implements DeadLetters.Fate {
    private final Runnable afterwards;

    private LetGo(Runnable afterwards) {
      this.afterwards = afterwards;
    }

    @Override
    public void stored() {
      afterwards.run();
      calm();
      proceed();
    }

    @Override
    public void held(SluiceException reason) {
      trouble(reason);
    }

    @Override
    public void refused(SluiceException reason) {
      fail(reason);
    }
  }
}
