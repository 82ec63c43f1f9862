package io.sluice.engine;

import io.sluice.engine.time.SerialExecutor;
import io.sluice.sdk.source.PartitionProgress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The place of a flow's one run: the next may enter only when the last has come to its end. Changed
 * on the flow's serial executor alone, read by any thread.
 */
final class RunSlot {
  private final Checkpointer checkpointer;
  private final SerialExecutor serial;
  private volatile Optional<FlowRun> run = Optional.empty();
  private volatile List<PartitionProgress> lastProgress = List.of();
  private Optional<FlowRun> ending = Optional.empty();
  private CompletionStage<Boolean> end = CompletableFuture.completedFuture(true);

  RunSlot(Checkpointer checkpointer, SerialExecutor serial) {
    this.checkpointer = checkpointer;
    this.serial = serial;
  }

  Optional<FlowRun> run() {
    return run;
  }

  /** Where the partitions stand, or stood when the last run ended. */
  List<PartitionProgress> progress() {
    return run.map(FlowRun::progress).orElse(lastProgress);
  }

  void enter(FlowRun young) {
    if (run.isPresent()) {
      throw new IllegalStateException("a run of " + young.flow() + " is there already");
    }
    run = Optional.of(young);
  }

  boolean holds(FlowRun candidate) {
    return run.filter(present -> present == candidate).isPresent();
  }

  boolean isEnding(FlowRun candidate) {
    return ending.filter(one -> one == candidate).isPresent();
  }

  /** Completes when no run is there, or at once; never fails. */
  CompletionStage<Boolean> end() {
    return end;
  }

  /**
   * Winds the present run down, if that has not begun.
   *
   * @return whether it came to its end with everything done and every position written
   */
  CompletionStage<Boolean> close(WindDown.Limit limit) {
    run.filter(present -> !isEnding(present)).ifPresent(present -> windDown(present, limit));
    return end;
  }

  private void windDown(FlowRun present, WindDown.Limit limit) {
    ending = Optional.of(present);
    end =
        WindDown.of(present, checkpointer, limit)
            .thenApplyAsync(
                outcome -> {
                  lastProgress = outcome.progress();
                  run = Optional.empty();
                  ending = Optional.empty();
                  return outcome.complete();
                },
                serial);
  }
}
