package io.sluice.generator;

import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that a test moves, and tasks that run when it says so, on its thread. */
final class ManualScheduler implements Scheduler {
  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(timer -> timer.at));
  private long now = 1_000_000;

  /** Runs what is ready, and what that makes ready, at this very time. */
  void run() {
    for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
      task.run();
    }
  }

  /** Runs so many tasks at most. */
  void run(int tasks) {
    for (int i = 0; i < tasks && !ready.isEmpty(); i++) {
      ready.remove().run();
    }
  }

  /** Moves time, running everything on the way. */
  void pass(Duration duration) {
    long end = now + duration.toNanos();
    run();
    while (!timers.isEmpty() && timers.peek().at <= end) {
      Timer timer = timers.remove();
      now = Math.max(now, timer.at);
      timer.task.run();
      run();
    }
    now = end;
  }

  int waiting() {
    return timers.size();
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(now);
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Timer timer = new Timer(now + delay.toNanos(), task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  private static final class Timer {
    private final long at;
    private final Runnable task;

    private Timer(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }
  }
}
