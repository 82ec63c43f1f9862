package io.sluice.engine.reading;

import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Decides about flows over which the window of a shared reading is about to close: to read for
 * itself costs a flow, and the machine, far more than to be waited for.
 *
 * <p>Those that are under way are waited for as long as that costs the others little. Where they
 * are many, and most of the flows, the machine or the target is the bottleneck, and to read for
 * each of them would make it worse: those are waited for however long it takes. Who is not under
 * way, or just slow, must hold nobody up.
 *
 * <p>Guarded by the reading's lock.
 */
final class Laggards {
  /** How many are not many yet. */
  private static final int CROWD = 16;

  /** Who has had something to do, and nothing done, for so long is not under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How long the others wait at once. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** What part of the time the others wait, one in so many. */
  private static final int SHARE = 10;

  private final Scheduler scheduler;
  private final Duration moment;

  /** When there was last a crowd. */
  private OptionalLong crowdAt = OptionalLong.empty();

  /** For how many nanoseconds the others may still wait, at a time. */
  private long credit = LONGEST.toNanos();

  private long creditAt;
  private boolean spending;

  /**
   * @param moment what the last ones of a crowd are given: they are not slower than the others
   */
  Laggards(Scheduler scheduler, Duration moment) {
    this.scheduler = scheduler;
    this.moment = moment;
    this.creditAt = scheduler.nanoTime();
  }

  /** How many of these flows are under way. */
  long moving(List<SharedSource> flows) {
    long since = scheduler.nanoTime() - PATIENCE.toNanos();
    return flows.stream().filter(flow -> flow.hasMovedSince(since)).count();
  }

  /**
   * Whether the window must wait.
   *
   * @param moving how many of those are under way for whom something of the oldest batch has still
   *     to be offered
   * @param attached how many flows take part
   */
  boolean areWaitedFor(long moving, int attached) {
    long now = scheduler.nanoTime();
    account(now);
    if (moving > CROWD && 2 * moving > attached) {
      crowdAt = OptionalLong.of(now);
    }
    boolean crowd = crowdAt.isPresent() && now - crowdAt.getAsLong() < moment.toNanos();
    boolean waited = moving > 0 && (crowd || credit > 0);
    spending = waited && !crowd;
    return waited;
  }

  /** Nobody is in the way of the window. */
  void areGone() {
    account(scheduler.nanoTime());
    spending = false;
  }

  private void account(long now) {
    long passed = now - creditAt;
    creditAt = now;
    credit =
        spending
            ? Math.max(0, credit - passed)
            : Math.min(LONGEST.toNanos(), credit + passed / SHARE);
  }
}
