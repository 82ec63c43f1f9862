package io.sluice.engine.delivery;

import io.sluice.engine.delivery.Consignment.Refusal;
import io.sluice.engine.delivery.Delivery.Effort;
import io.sluice.engine.delivery.RetrySchedule.Cap;
import io.sluice.engine.delivery.RetrySchedule.Next;
import io.sluice.engine.error.EngineError;
import io.sluice.engine.store.OpenRetry;
import io.sluice.engine.time.SerialExecutor;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.TargetPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
  private final Gate gate;
  private final WriteWindow window;
  private final Optional<DeadLetters> deadLetters;
  private final RetryBench bench;
  private final Deque<Consignment> open = new ArrayDeque<>();
  private boolean busy;
  private boolean troubled;

  /** Whether the target refused one of several records: the first is to be asked for alone. */
  private boolean suspicious;

  /** Whether the run comes to its end. */
  private boolean finishing;

  /** Failed attempts in a row that are not a strategy's. */
  private int failures;

  private volatile boolean ended;
  private volatile Optional<Delivery> current = Optional.empty();

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
    this.gate = new Gate(terms, serial);
    this.window = new WriteWindow(terms.window());
    this.deadLetters =
        terms.deadLetters().map(queue -> new DeadLetters(terms, partition, listener, queue));
    this.bench =
        new RetryBench(
            terms.tolerant() ? RecordOrder.SHARDING_KEY : RecordOrder.PARTITION, earlier);
  }

  /** Takes the next batch of the partition. Any thread; does not block. */
  public void deliver(Consignment consignment) {
    serial.execute(
        () -> {
          if (ended) {
            consignment.exits().forEach(Consignment.Exit::abandoned);
            return;
          }
          terms.repeats().ifPresent(repeats -> leaveOut(consignment, repeats));
          List<Parked> again = bench.ofEarlierRun(consignment);
          if (again.isEmpty() && window.isOpen(open)) {
            open.getLast().join(consignment);
          } else {
            open.add(consignment);
            again.forEach(this::park);
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
    ended = true;
    current.ifPresent(Delivery::abandon);
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
    return current.map(Delivery::quiet).orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** Begins the next thing to be done, if nothing is under way and there is something. */
  private void step() {
    if (busy || ended) {
      return;
    }
    settle();
    Instant now = terms.scheduler().now();
    Optional<Consignment> refusing =
        open.stream().filter(one -> one.refusal().isPresent()).findFirst();
    Optional<Parked> due = bench.due(now, open);
    if (ended) {
      return;
    }
    if (terms.tolerant() && refusing.isPresent()) {
      refused(refusing.get(), now);
    } else if (due.isPresent()) {
      listener.repeated();
      tryAgain(due.get());
    } else {
      goOn();
    }
  }

  /** Batches of which nothing is left are through. */
  private void settle() {
    for (Consignment consignment : List.copyOf(open)) {
      if (consignment.isDelivered() && consignment.refusal().isEmpty()) {
        open.remove(consignment);
        consignment.settle();
      }
    }
    Optional<Refusal> next = Optional.ofNullable(open.peek()).flatMap(Consignment::refusal);
    if (!terms.tolerant() && next.isPresent() && open.element().isDelivered()) {
      fail(next.get().reason());
    }
  }

  /** Writes what has not been tried; if there is nothing, asks for more. */
  private void goOn() {
    for (Consignment consignment : open) {
      Batch rest = bench.isEmpty() ? consignment.left() : consignment.rest(bench.passers());
      Optional<Position> passedOver =
          bench.isEmpty() || !terms.tolerant() ? Optional.empty() : bench.follower(consignment);
      if (passedOver.isPresent() && consignment.leavesBehind()) {
        keepPlace(passedOver.get());
        return;
      }
      if (!rest.isEmpty()) {
        Duration left = window.left(consignment, rest, terms.scheduler().now());
        if (left.compareTo(Duration.ZERO) > 0 && !finishing && consignment == open.getLast()) {
          terms.scheduler().after(left, () -> serial.execute(this::step));
          break;
        }
        boolean alone = suspicious;
        suspicious = false;
        Batch unit = alone ? rest.upTo(first(rest).plus(1)) : gate.share(window.together(rest));
        attempt(consignment, unit.from(first(unit)));
        return;
      }
    }
    if (finishing) {
      endAll(Consignment.Exit::abandoned);
    } else if (mayBePassed() && open.getLast().pass()) {
      listener.passes(open.getLast().lastOffered());
    }
  }

  /** Nothing overtakes a record that is being tried again unless the flow tolerates errors. */
  private boolean mayBePassed() {
    return !open.isEmpty() && (terms.tolerant() || bench.isEmpty());
  }

  private static Position first(Batch batch) {
    return batch.records().iterator().next().position();
  }

  private void tryAgain(Parked one) {
    busy = true;
    Batch unit = one.consignment().only(one.position());
    gate.enterAgain(unit, () -> write(one.consignment(), unit));
  }

  private void attempt(Consignment consignment, Batch unit) {
    busy = true;
    consignment.touch();
    gate.enter(unit, () -> write(consignment, unit), () -> rest(BREAKER_INTERVAL));
  }

  private void write(Consignment consignment, Batch unit) {
    begin(
        new Delivery(
            terms.flow(),
            terms.sink(),
            unit,
            terms.scheduler(),
            terms.backoff(),
            Effort.ONCE,
            new Attempt(consignment, unit)));
  }

  private void begin(Delivery delivery) {
    current = Optional.of(delivery);
    if (ended) {
      delivery.abandon();
    } else {
      delivery.start();
    }
  }

  /** Does nothing for a while. */
  private void rest(Duration time) {
    terms.scheduler().after(time, () -> serial.execute(this::proceed));
  }

  private void proceed() {
    busy = false;
    step();
  }

  private void stored(Consignment consignment, Batch unit, Optional<TargetPosition> target) {
    gate.answered();
    failures = 0;
    if (unit.count() == 1) {
      unpark(first(unit));
    }
    consignment.stored(unit, target);
    calm();
    proceed();
  }

  private void notStored(Consignment consignment, Batch unit, Batch rest, SluiceException reason) {
    if (rest.count() < unit.count()) {
      failures = 0;
      consignment.storedBefore(rest, unit);
    }
    if (reason instanceof RetriableException) {
      gate.failed(reason);
      trouble(reason);
      if (terms.retries().isPresent()) {
        retry(consignment, rest.records().iterator().next(), reason, terms.retries().get());
      } else {
        rest(terms.backoff().after(++failures));
      }
      return;
    }
    gate.answered();
    if (!(reason instanceof RefusedRecordException)) {
      fail(reason);
    } else if (unit.count() > 1) {
      suspicious = true;
      proceed();
    } else {
      Position position = first(unit);
      giveUp(consignment, position, bench.failure(position, reason, terms.scheduler().now()));
    }
  }

  private void retry(
      Consignment consignment, Record record, SluiceException reason, RetrySchedule schedule) {
    Position position = record.position();
    Failure failure = bench.failure(position, reason, terms.scheduler().now());
    Next next = schedule.after(failure.attempts(), failure.first(), failure.last());
    if (next instanceof Next.Exhausted exhausted) {
      giveUp(consignment, position, failure.until(exhausted.cap()));
      return;
    }
    Instant due = ((Next.Retry) next).due();
    Parked one = bench.after(failure, consignment, record, due);
    terms
        .log()
        .keep(
            new OpenRetry(
                terms.flow(), partition.name(), position, one.attempts(), one.first(), due))
        .thenRun(() -> serial.execute(() -> kept(one)));
  }

  /**
   * A record waits behind another one of its sharding key, perhaps longer than that one's batch is
   * open: the store must know of it before those behind it are written.
   */
  private void keepPlace(Position position) {
    busy = true;
    Instant now = terms.scheduler().now();
    terms
        .log()
        .keep(OpenRetry.untried(terms.flow(), partition.name(), position, now))
        .thenRun(() -> serial.execute(this::proceed));
  }

  private void kept(Parked one) {
    if (!ended) {
      park(one);
      proceed();
    }
  }

  private void park(Parked one) {
    if (bench.at(one.position()).isEmpty()) {
      listener.retrying();
    }
    one.consignment().touch();
    bench.put(one);
    Duration wait = Duration.between(terms.scheduler().now(), one.due());
    terms
        .scheduler()
        .after(wait.isNegative() ? Duration.ZERO : wait, () -> serial.execute(this::step));
  }

  private void unpark(Position position) {
    if (bench.remove(position)) {
      listener.retried();
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
    if (terms.tolerant()) {
      letGo(
          consignment,
          position,
          failure,
          () -> {
            unpark(position);
            consignment.givenUp(position);
          });
    } else {
      fail(
          failure
              .exhausted()
              .<SluiceException>map(cap -> exhausted(position, failure, cap))
              .orElse(failure.reason().at(place(position))));
    }
  }

  private SluiceException exhausted(Position position, Failure failure, Cap cap) {
    return new SluiceException(
        EngineError.RETRIES_EXHAUSTED,
        "the record was tried %d times, until %s was reached; last: %s"
            .formatted(failure.attempts(), cap, failure.reason()),
        place(position),
        EngineError.RETRIES_EXHAUSTED.remedy(),
        failure.reason());
  }

  /** Dead-letters a record, or drops it, and only then goes on (I1). */
  private void letGo(
      Consignment consignment, Position position, Failure failure, Runnable afterwards) {
    busy = true;
    terms.repeats().ifPresent(repeats -> repeats.forget(partition, consignment.original(position)));
    if (deadLetters.isPresent()) {
      begin(deadLetters.get().letter(consignment, position, failure, new LetterFate(afterwards)));
    } else {
      listener.dropped(failure.reason().at(place(position)));
      serial.execute(() -> gone(afterwards)); // not nested, as there may be many in a row
    }
  }

  private void gone(Runnable afterwards) {
    afterwards.run();
    calm();
    proceed();
  }

  private void trouble(SluiceException reason) {
    troubled = true;
    listener.troubled(reason);
  }

  private void calm() {
    if (troubled && bench.isEmpty()) {
      troubled = false;
      listener.recovered();
    }
  }

  private void fail(SluiceException reason) {
    ended = true;
    endAll(exit -> exit.failed(reason));
  }

  private void endAll(Consumer<Consignment.Exit> end) {
    for (int waiting = bench.size(); waiting > 0; waiting--) {
      listener.retried();
    }
    bench.clear();
    while (!open.isEmpty()) {
      open.remove().exits().forEach(end);
    }
  }

  private Location place(Position position) {
    return Location.InFlow.of(terms.flow(), partition, position);
  }

  /** One write to the target. */
  private final class Attempt implements DeliveryListener {
    private final Consignment consignment;
    private final Batch unit;

    private Attempt(Consignment consignment, Batch unit) {
      this.consignment = consignment;
      this.unit = unit;
    }

    @Override
    public void repeated() {
      listener.repeated();
    }

    @Override
    public void unknown() {
      listener.unknown();
    }

    @Override
    public void troubled(SluiceException reason) {
      serial.execute(() -> trouble(reason));
    }

    @Override
    public void stored(Optional<TargetPosition> target) {
      serial.execute(() -> PartitionDelivery.this.stored(consignment, unit, target));
    }

    @Override
    public void refused(Batch rest, SluiceException reason) {
      serial.execute(() -> notStored(consignment, unit, rest, reason));
    }

    @Override
    public void abandoned() {
      gate.withdrawn();
    }
  }

  /** What becomes of a dead letter. */
  private final class LetterFate implements DeadLetters.Fate {
    private final Runnable afterwards;

    private LetterFate(Runnable afterwards) {
      this.afterwards = afterwards;
    }

    @Override
    public void stored() {
      serial.execute(() -> gone(afterwards));
    }

    @Override
    public void held(SluiceException reason) {
      serial.execute(() -> trouble(reason));
    }

    @Override
    public void refused(SluiceException reason) {
      serial.execute(() -> fail(reason));
    }
  }
}
