package io.sluice.engine.simulation;

import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Virtual time on one thread. Of the tasks that are ready, the seed picks the next one; time moves
 * when none is.
 */
public final class SimulatedScheduler implements Scheduler {
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final Random random;
  private final List<Runnable> ready = new ArrayList<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
  private long nanos;
  private long timersMade;

  public SimulatedScheduler(long seed) {
    this.random = new Random(seed);
  }

  /** Runs one task. Answers false if there is none, and none waits for its time. */
  public boolean step() {
    if (ready.isEmpty()) {
      Timer next = timers.poll();
      if (next == null) {
        return false;
      }
      nanos = Math.max(nanos, next.due());
      next.task().run();
      return true;
    }
    int chosen = random.nextInt(ready.size());
    Runnable task = ready.get(chosen);
    ready.set(chosen, ready.get(ready.size() - 1));
    ready.remove(ready.size() - 1);
    task.run();
    return true;
  }

  /** Runs until something is the case, at most for some virtual time. */
  public void runUntil(Duration limit, BooleanSupplier condition) {
    long end = nanos + limit.toNanos();
    while (!condition.getAsBoolean()) {
      boolean late = ready.isEmpty() && (timers.isEmpty() || timers.peek().due() > end);
      if (late || !step()) {
        throw new AssertionError("not within " + limit + " of virtual time");
      }
    }
  }

  /** Runs what is due within some virtual time, which is over then. */
  public void runFor(Duration time) {
    long end = nanos + time.toNanos();
    while (!ready.isEmpty() || !timers.isEmpty() && timers.peek().due() <= end) {
      step();
    }
    nanos = end;
  }

  /** The process that all tasks belong to is gone. */
  public void dropAll() {
    ready.clear();
    timers.clear();
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Instant now() {
    return BEGINNING.plusNanos(nanos);
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Timer timer = new Timer(nanos + delay.toNanos(), timersMade++, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  private record Timer(long due, long number, Runnable task) {}
}
