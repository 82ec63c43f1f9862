package io.sluice.engine;

import io.sluice.engine.delivery.Delivery;
import io.sluice.engine.delivery.PartitionDelivery;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One partition of a running flow: the batch that is on its way, and the guard that there is only
 * one and that batches come in order (I4). Thread-safe.
 */
final class Lane {
  private boolean busy;
  private boolean revoked;
  private Optional<Position> end = Optional.empty();
  private Optional<Delivery> delivery = Optional.empty();
  private Optional<PartitionDelivery> guarded = Optional.empty();

  /**
   * A batch is offered.
   *
   * @return what is wrong with that, if anything
   */
  synchronized Optional<String> enter(Batch batch) {
    if (busy) {
      return Optional.of("offered " + batch + " before the batch to " + end.get() + " was done");
    }
    if (end.isPresent() && batch.first().isBefore(end.get())) {
      return Optional.of("offered " + batch + " after everything up to " + end.get());
    }
    busy = true;
    end = Optional.of(batch.next());
    return Optional.empty();
  }

  /**
   * The batch is about to be delivered.
   *
   * @return whether it may be
   */
  synchronized boolean delivers(Delivery begun) {
    delivery = Optional.of(begun);
    return !revoked;
  }

  /** A batch is done; if it was the last one that came, the next one may come. */
  synchronized void leave(Batch batch) {
    if (batch.next().equals(end.orElseThrow())) {
      busy = false;
      delivery = Optional.empty();
    }
  }

  /** The last batch that came waits; the next one may come. */
  synchronized void pass() {
    busy = false;
  }

  /** The partition's deliveries, in a flow with run options. Made once. */
  synchronized PartitionDelivery guarded(Supplier<PartitionDelivery> maker) {
    PartitionDelivery made = guarded.orElseGet(maker);
    guarded = Optional.of(made);
    return made;
  }

  /** The batch that is on its way, if any, is given up. */
  void abandon() {
    delivery().ifPresent(Delivery::abandon);
    guarded().ifPresent(PartitionDelivery::abandon);
  }

  /**
   * Another process reads the partition from now on: the batch that is on its way is given up.
   *
   * @return completes when nothing of it is written any more; does not fail
   */
  CompletionStage<Void> revoke() {
    synchronized (this) {
      revoked = true;
    }
    abandon();
    return guarded()
        .map(PartitionDelivery::quiet)
        .or(() -> delivery().map(Delivery::quiet))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** What is under way comes to its end; what waits to be tried again is left. */
  void finish() {
    guarded().ifPresent(PartitionDelivery::finish);
  }

  synchronized boolean isRevoked() {
    return revoked;
  }

  private synchronized Optional<PartitionDelivery> guarded() {
    return guarded;
  }

  private synchronized Optional<Delivery> delivery() {
    return delivery;
  }
}
