package io.sluice.sdk.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler of a running Sluice: a few named daemon threads, the system's monotonic clock and
 * its wall clock. After {@link #close} new tasks are dropped.
 */
public final class SystemScheduler implements Scheduler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SystemScheduler.class);

  private final ScheduledThreadPoolExecutor threads;

  /**
   * @param threadNamePrefix threads are named {@code PREFIX-1}, {@code PREFIX-2}, …
   * @param threads at least 1
   */
  public SystemScheduler(String threadNamePrefix, int threads) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ScheduledThreadPoolExecutor(
            threads,
            task -> {
              Thread thread = new Thread(task, threadNamePrefix + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    this.threads.setRemoveOnCancelPolicy(true);
    this.threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

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
    threads.execute(guarded(task));
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Future<?> waiting = threads.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> waiting.cancel(false);
  }

  /**
   * Drops what waits. Running tasks come to their end, uninterrupted: an interrupt closes the file
   * or channel that a task is just using.
   */
  @Override
  public void close() {
    threads.shutdown();
  }

  /** A scheduled future would swallow what its task throws. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error failure) {
        LOG.error("A task failed", failure);
        if (failure instanceof VirtualMachineError error) {
          throw error;
        }
      }
    };
  }
}
