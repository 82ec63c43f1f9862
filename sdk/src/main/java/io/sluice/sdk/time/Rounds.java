package io.sluice.sdk.time;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * A piece of work that runs on request, never twice at a time, and never inside the request.
 * However many requests come before it runs, it runs once for them all. Thread-safe.
 */
public final class Rounds {
  private final Scheduler scheduler;
  private final BooleanSupplier work;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  // Guarded by this.
  private boolean requested;
  private boolean running;
  private boolean stopping;

  /**
   * @param work answers whether it would like to run again
   */
  public Rounds(Scheduler scheduler, BooleanSupplier work) {
    this.scheduler = scheduler;
    this.work = work;
  }

  /** Has the work run soon. */
  public synchronized void request() {
    if (stopping || requested) {
      return;
    }
    requested = true;
    if (!running) {
      scheduler.execute(this::run);
    }
  }

  /** Lets nothing run any more; the stage completes when what runs at the moment is over. */
  public CompletionStage<Void> stop() {
    boolean quiet;
    synchronized (this) {
      stopping = true;
      quiet = !running;
    }
    if (quiet) {
      stopped.complete(null);
    }
    return stopped.minimalCompletionStage();
  }

  private void run() {
    synchronized (this) {
      requested = false;
      if (stopping) {
        return;
      }
      running = true;
    }
    boolean again = false;
    try {
      again = work.getAsBoolean();
    } finally {
      end(again);
    }
  }

  private void end(boolean again) {
    boolean over;
    synchronized (this) {
      running = false;
      requested |= again;
      over = stopping;
      if (requested && !over) {
        scheduler.execute(this::run);
      }
    }
    if (over) {
      stopped.complete(null);
    }
  }
}
