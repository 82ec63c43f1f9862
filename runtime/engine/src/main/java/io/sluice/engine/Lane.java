package io.sluice.engine;

import io.sluice.engine.delivery.Delivery;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One partition of a running flow: the batch that is on its way, and the guard that there is only
 * one and that batches come in order (I4). Thread-safe.
 */
final class Lane {
  private boolean busy;
  private boolean revoked;
  private Optional<Position> end = Optional.empty();
  private Optional<Delivery> delivery = Optional.empty();

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

  /** The batch is done; the next one may come. */
  synchronized void leave() {
    busy = false;
    delivery = Optional.empty();
  }

  /** The batch that is on its way, if any, is given up. */
  void abandon() {
    delivery().ifPresent(Delivery::abandon);
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
    return delivery().map(Delivery::quiet).orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  synchronized boolean isRevoked() {
    return revoked;
  }

  private synchronized Optional<Delivery> delivery() {
    return delivery;
  }
}
