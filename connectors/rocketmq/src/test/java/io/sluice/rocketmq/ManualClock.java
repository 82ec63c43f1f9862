package io.sluice.rocketmq;

import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A clock that stands still until it is moved, which runs what is due then. For one thread. */
public final class ManualClock implements Scheduler {
  private final Deque<Timer> timers = new ArrayDeque<>();
  private long nanos;

  private record Timer(long due, Runnable task) {}

  public void pass(Duration time) {
    nanos += time.toNanos();
    List<Timer> dueNow = new ArrayList<>(timers);
    dueNow.removeIf(timer -> timer.due() > nanos);
    timers.removeAll(dueNow);
    dueNow.forEach(timer -> timer.task().run());
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public void execute(Runnable task) {
    throw new UnsupportedOperationException("this clock has no threads");
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Timer timer = new Timer(nanos + delay.toNanos(), task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }
}
