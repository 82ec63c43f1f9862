package io.sluice.engine;

import io.sluice.engine.delivery.Delivery;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import java.util.Optional;

/**
 * One partition of a running flow: the batch that is on its way, and the guard that there is only
 * one and that batches come in order (I4). Thread-safe.
 */
final class Lane {
  private boolean busy;
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

  synchronized void delivers(Delivery begun) {
    delivery = Optional.of(begun);
  }

  /** The batch is done; the next one may come. */
  synchronized void leave() {
    busy = false;
    delivery = Optional.empty();
  }

  void abandon() {
    Optional<Delivery> open;
    synchronized (this) {
      open = delivery;
    }
    open.ifPresent(Delivery::abandon);
  }
}
