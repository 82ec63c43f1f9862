package io.sluice.sdk.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Clock, timers and executor in one, passed to whoever waits or runs. Thread-safe.
 *
 * <p>Tasks must not block. In a running Sluice a few named threads serve all flows; in a simulation
 * one thread does, and time moves only when nothing is left to run.
 */
public interface Scheduler extends Executor {

  /** Monotonic time in nanoseconds, for durations, leases and timeouts. */
  long nanoTime();

  /** Wall-clock time, for people and for time stamps. */
  Instant now();

  /** Runs a task soon, never inside this call. */
  @Override
  void execute(Runnable task);

  /** Runs a task once, after a delay, never inside this call. */
  Cancellable after(Duration delay, Runnable task);

  /** A task that waits for its time. */
  @FunctionalInterface
  interface Cancellable {

    /** Keeps the task from starting, if it has not started. */
    void cancel();
  }
}
