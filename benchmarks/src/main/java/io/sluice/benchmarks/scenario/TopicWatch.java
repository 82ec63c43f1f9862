package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.CopierProcess;
import io.sluice.benchmarks.measure.Growth;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Looks at a topic while a copier fills it. */
final class TopicWatch {
  private static final long LOOK_MILLIS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final long goal;
  private final Duration limit;

  /**
   * @param goal messages that will be there in the end
   * @param limit from the first message on
   */
  TopicWatch(long goal, Duration limit) {
    this.goal = goal;
    this.limit = limit;
  }

  /**
   * Looks until everything is there, or the time is over.
   *
   * @param messages how many are there now
   * @param growth is told of each look
   * @throws IllegalStateException if the copier ends by itself
   */
  void run(CopierProcess process, LongSupplier messages, Growth growth)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean begun = false;
    while (growth.messages() < goal && System.nanoTime() - deadline < 0) {
      process.requireAlive();
      long now = messages.getAsLong();
      growth.add(new Growth.Point(System.nanoTime(), now, process.readings().cpu()));
      if (now > 0 && !begun) {
        begun = true;
        deadline = System.nanoTime() + limit.toNanos();
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
