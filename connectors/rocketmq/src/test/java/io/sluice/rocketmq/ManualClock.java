package io.sluice.rocketmq;

import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is moved, and runs nothing. For one thread. */
public final class ManualClock implements Scheduler {
  private long nanos;

  public void pass(Duration time) {
    nanos += time.toNanos();
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
    throw new UnsupportedOperationException("this clock runs nothing");
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    throw new UnsupportedOperationException("this clock runs nothing");
  }
}
