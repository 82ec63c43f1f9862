package io.sluice.engine.delivery;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The one delivery of a partition that is under way, be it to the target or to the dead-letter
 * queue. Begun on the partition's serial executor, ended on any thread.
 */
final class SoleDelivery {
  private volatile boolean ended;
  private volatile Optional<Delivery> current = Optional.empty();

  /** Starts a delivery, the one before being over; abandons it if the end came first. */
  void begin(Delivery delivery) {
    current = Optional.of(delivery);
    if (ended) {
      delivery.abandon();
    } else {
      delivery.start();
    }
  }

  /** No delivery starts any more. */
  void end() {
    ended = true;
  }

  /** No delivery starts any more, and the one under way ends wherever it stands. */
  void abandon() {
    ended = true;
    current.ifPresent(Delivery::abandon);
  }

  boolean hasEnded() {
    return ended;
  }

  /** Completes, never with a failure, when no call to a sink is open any more. */
  CompletionStage<Void> quiet() {
    return current.map(Delivery::quiet).orElseGet(() -> CompletableFuture.completedFuture(null));
  }
}
