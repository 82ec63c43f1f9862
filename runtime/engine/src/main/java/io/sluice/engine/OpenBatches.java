package io.sluice.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How much is offered and not done, and when that is nothing. Thread-safe. */
final class OpenBatches {
  private long batches;
  private long records;
  private CompletableFuture<Void> quiet = CompletableFuture.completedFuture(null);

  synchronized void entered(long moreRecords) {
    if (batches++ == 0) {
      quiet = new CompletableFuture<>();
    }
    records += moreRecords;
  }

  void left(long doneRecords) {
    CompletableFuture<Void> reached;
    synchronized (this) {
      records -= doneRecords;
      if (--batches > 0) {
        return;
      }
      reached = quiet;
    }
    reached.complete(null); // outside: whoever waits runs in here
  }

  synchronized long records() {
    return records;
  }

  /** Completes as soon as no batch is open. */
  synchronized CompletionStage<Void> quiet() {
    return quiet;
  }
}
