package io.sluice.rocketmq;

import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Real time on one daemon thread. What is done every few seconds is done every second, for tests
 * wait for it; timeouts are not timers of a scheduler.
 */
public final class TestScheduler implements Scheduler, AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "test-scheduler");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Duration shortened = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    Future<?> future = executor.schedule(task, shortened.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
