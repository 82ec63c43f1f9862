package io.sluice.engine.delivery;

import io.sluice.engine.store.OpenRetry;
import io.sluice.engine.time.SerialExecutor;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.Record;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The retries of a partition: kept in the store, counted, and awaited. Touched on the partition's
 * serial executor alone.
 */
final class Retries {
  private final DeliveryTerms terms;
  private final Partition partition;
  private final PartitionListener listener;
  private final SerialExecutor serial;
  private final SoleDelivery delivery;
  private final RetryBench bench;
  private final Runnable wake;

  /**
   * @param earlier what a run before was about to try again
   * @param wake called on the serial executor when a retry is due
   */
  Retries(
      DeliveryTerms terms,
      Partition partition,
      Collection<OpenRetry> earlier,
      PartitionListener listener,
      SerialExecutor serial,
      SoleDelivery delivery,
      Runnable wake) {
    this.terms = terms;
    this.partition = partition;
    this.listener = listener;
    this.serial = serial;
    this.delivery = delivery;
    this.bench = new RetryBench(order(terms), earlier);
    this.wake = wake;
  }

  private static RecordOrder order(DeliveryTerms terms) {
    return terms.tolerant()
        ? terms.orderKey().map(RecordOrder::by).orElse(RecordOrder.SHARDING_KEY)
        : RecordOrder.PARTITION;
  }

  /** The records that are tried again later. */
  RetryBench bench() {
    return bench;
  }

  /**
   * Goes on with the records of a batch that a run before was about to try again; answers whether
   * there are any.
   */
  boolean resume(Consignment consignment) {
    List<Parked> again = bench.ofEarlierRun(consignment);
    again.forEach(this::park);
    return !again.isEmpty();
  }

  /**
   * Tries a record again later. Those behind it may be written once that is in the store.
   *
   * @param kept called on the serial executor when it is, unless the deliveries ended first
   */
  void add(Consignment consignment, Record record, Failure failure, Instant due, Runnable kept) {
    Parked one = bench.after(failure, consignment, record, due);
    keep(
        new OpenRetry(
            terms.flow(), partition.name(), one.position(), one.attempts(), one.first(), one.due()),
        () -> {
          if (!delivery.hasEnded()) {
            park(one);
            kept.run();
          }
        });
  }

  /**
   * A record waits behind another one that it is in order with, perhaps longer than that one's
   * batch is open: the store must know of it before those behind it are written.
   *
   * @param kept called on the serial executor
   */
  void keepPlace(Position position, Runnable kept) {
    keep(
        OpenRetry.untried(terms.flow(), partition.name(), position, terms.scheduler().now()), kept);
  }

  private void keep(OpenRetry retry, Runnable kept) {
    terms.log().keep(retry).thenRun(() -> serial.execute(kept));
  }

  private void park(Parked one) {
    if (bench.at(one.position()).isEmpty()) {
      listener.retrying();
    }
    one.consignment().touch();
    bench.put(one);
    Instant now = terms.scheduler().now();
    Duration wait = one.due().isAfter(now) ? Duration.between(now, one.due()) : Duration.ZERO;
    terms.scheduler().after(wait, () -> serial.execute(wake));
  }

  /** A record is delivered or given up, whether it was tried again or not. */
  void over(Position position) {
    if (bench.remove(position)) {
      listener.retried();
    }
  }

  /** Leaves all that wait to the next run. */
  void leave() {
    for (int waiting = bench.size(); waiting > 0; waiting--) {
      listener.retried();
    }
    bench.clear();
  }
}
