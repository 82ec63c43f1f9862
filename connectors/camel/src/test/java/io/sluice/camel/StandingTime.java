package io.sluice.camel;

import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Time that stands still until a test lets all of it pass. Thread-safe. */
final class StandingTime implements Scheduler {
  private final List<Runnable> timers = new CopyOnWriteArrayList<>();

  /** Whatever waits for its time has it now. */
  void pass() {
    timers.forEach(Runnable::run);
  }

  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public void execute(Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    timers.add(task);
    return () -> timers.remove(task);
  }
}
