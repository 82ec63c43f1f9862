package io.sluice.engine.delivery;

import io.sluice.engine.delivery.Backlog.Next;
import io.sluice.engine.delivery.Consignment.Refusal;
import io.sluice.engine.store.OpenRetry;
import io.sluice.engine.time.SerialExecutor;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
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
  private final DeliveryTerms terms;
  private final Partition partition;
  private final PartitionListener listener;
  private final SerialExecutor serial;
  private final SoleDelivery delivery = new SoleDelivery();
  private final Backlog backlog;
  private final Retries retries;
  private final TargetWrites writes;
  private final WriteOutcomes outcomes;
  private boolean busy;

  /** Whether the run comes to its end. */
  private boolean finishing;

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
    this.retries = new Retries(terms, partition, earlier, listener, serial, delivery, this::step);
    Undeliverables undeliverables =
        new Undeliverables(terms, partition, listener, serial, delivery);
    this.outcomes = new WriteOutcomes(terms, listener, retries, undeliverables, new Course());
    this.writes = new TargetWrites(terms, listener, serial, delivery, outcomes);
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
      busy = true;
      outcomes.refused(refusing.get(), now);
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
    Position first = rest.records().iterator().next().position();
    Batch unit =
        outcomes.suspects() ? rest.upTo(first.plus(1)) : writes.share(backlog.together(rest));
    return unit.from(first);
  }

  private void proceed() {
    busy = false;
    step();
  }

  private void fail(SluiceException reason) {
    delivery.end();
    endAll(exit -> exit.failed(reason));
  }

  private void endAll(Consumer<Consignment.Exit> end) {
    retries.leave();
    backlog.end(end);
  }

  private final class Course implements WriteOutcomes.Course {

    @Override
    public void proceed() {
      PartitionDelivery.this.proceed();
    }

    @Override
    public void rest(Duration time) {
      terms.scheduler().after(time, () -> serial.execute(PartitionDelivery.this::proceed));
    }

    @Override
    public void fail(SluiceException reason) {
      PartitionDelivery.this.fail(reason);
    }
  }
}
