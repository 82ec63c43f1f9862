package io.sluice.engine;

import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orderly end of a run: the source pauses, what is in flight comes to its end, the source
 * commits and stops, the last checkpoints are written, the sink closes. What is not done in time is
 * given up, and not acknowledged.
 */
final class WindDown {
  private static final Logger LOG = LoggerFactory.getLogger(WindDown.class);

  private final FlowRun run;
  private final Checkpointer checkpointer;
  private final Scheduler scheduler;
  private final Limit limit;
  private final long begin;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  /**
   * How it went.
   *
   * @param complete whether everything in flight was done and every position written
   * @param progress where the partitions stood at the end
   */
  record Outcome(boolean complete, List<PartitionProgress> progress) {}

  /**
   * How long it may take.
   *
   * @param delivery what is in flight, from the beginning
   * @param stop the source too, from the beginning
   */
  record Limit(Duration delivery, Duration stop) {}

  private WindDown(FlowRun run, Checkpointer checkpointer, Limit limit) {
    this.run = run;
    this.checkpointer = checkpointer;
    this.scheduler = run.parts().scheduler();
    this.limit = limit;
    this.begin = scheduler.nanoTime();
  }

  /** Begins. Completes soon after the limit at the latest. */
  static CompletionStage<Outcome> of(FlowRun run, Checkpointer checkpointer, Limit limit) {
    WindDown windDown = new WindDown(run, checkpointer, limit);
    windDown.begin();
    return windDown.outcome;
  }

  private void begin() {
    quietly(() -> run.source().pause());
    run.finish();
    Stages.within(left(limit.delivery()), scheduler, run.open().quiet()).thenAccept(this::stop);
  }

  private void stop(boolean quiet) {
    // Before the end, so that a batch which is just done is not told to a source that has stopped.
    run.end();
    List<PartitionProgress> progress = run.progress();
    Stages.within(left(limit.stop()), scheduler, Stages.call(() -> run.source().stop()))
        .thenAccept(stopped -> write(quiet && stopped && !run.hasFailed(), progress));
  }

  private void write(boolean complete, List<PartitionProgress> progress) {
    Stages.supply(run.parts().storeThread(), () -> checkpointer.writeLast(run, progress))
        .exceptionally(failure -> false)
        .thenAccept(
            written -> {
              quietly(run::closeSinks);
              outcome.complete(new Outcome(complete && written, progress));
            });
  }

  private Duration left(Duration of) {
    Duration passed = Duration.ofNanos(scheduler.nanoTime() - begin);
    return passed.compareTo(of) < 0 ? of.minus(passed) : Duration.ZERO;
  }

  private void quietly(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error failure) {
      LOG.warn("{}: a connector failed while it was closed", run.flow(), failure);
    }
  }
}
