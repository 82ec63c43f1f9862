package io.sluice.rocketmq.ownership;

import io.sluice.rocketmq.client.Connection;
import io.sluice.sdk.batch.Lease;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a source queue, as its holder may believe in it. Brokers keep a lock for 60 s after it
 * was last asked for; the holder counts on two thirds of that, from before it asked, by monotonic
 * time, which goes on while the process stands still. A broker that was restarted has forgotten all
 * locks, so one counts only as long as the connection lasts by which it was asked for. Thread-safe.
 */
final class QueueLease implements Lease {
  /** Two thirds of {@code rocketmq.broker.rebalance.lockMaxLiveTime}. */
  static final Duration TRUSTED = Duration.ofSeconds(40);

  private final Scheduler scheduler;
  private final Supplier<Optional<Connection>> connection;
  private final Runnable lapsed;
  private volatile @Nullable Grant grant;

  /**
   * @param connection the present connection to the queue's broker, if one is alive
   * @param lapsed called on whatever thread asks, whenever it is found not to be held
   */
  QueueLease(Scheduler scheduler, Supplier<Optional<Connection>> connection, Runnable lapsed) {
    this.scheduler = scheduler;
    this.connection = connection;
    this.lapsed = lapsed;
  }

  /** The broker has locked the queue for us, when asked by this connection at this time. */
  void granted(Connection by, long askedAtNanos) {
    grant = new Grant(by, askedAtNanos);
  }

  @Override
  public boolean isHeld() {
    Grant latest = grant;
    boolean held =
        latest != null
            && scheduler.nanoTime() - latest.askedAtNanos() < TRUSTED.toNanos()
            && connection.get().filter(latest.by()::equals).isPresent();
    if (!held) {
      lapsed.run();
    }
    return held;
  }

  private record Grant(Connection by, long askedAtNanos) {}
}
