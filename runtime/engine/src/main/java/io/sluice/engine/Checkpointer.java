package io.sluice.engine;

import io.sluice.engine.error.EngineError;
import io.sluice.engine.store.Checkpoint;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.PartitionProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes checkpoints behind: twice a second what has moved since, of all flows in one commit. A
 * batch never waits for it. When the store fails, flows go on and say so, and the next round tries
 * again: until then a crash costs records read twice, no more.
 */
final class Checkpointer {
  /** Half of the lateness that is promised. */
  static final Duration INTERVAL = Duration.ofMillis(500);

  private final EngineParts parts;
  private final Supplier<Collection<FlowRun>> runs;
  private volatile boolean stopped;

  /**
   * @param runs the runs of the moment, any thread
   */
  Checkpointer(EngineParts parts, Supplier<Collection<FlowRun>> runs) {
    this.parts = parts;
    this.runs = runs;
  }

  void start() {
    next();
  }

  void stop() {
    stopped = true;
  }

  private void next() {
    if (!stopped) {
      parts.scheduler().after(INTERVAL, () -> parts.storeThread().execute(this::round));
    }
  }

  private void round() {
    if (stopped) {
      return;
    }
    try {
      Map<FlowRun, List<Checkpoint>> changes = new LinkedHashMap<>();
      for (FlowRun run : runs.get()) {
        List<Checkpoint> changed = run.log().changed(run.progress(), parts.scheduler().now());
        if (!changed.isEmpty()) {
          changes.put(run, changed);
        }
      }
      write(changes);
    } finally {
      next();
    }
  }

  /**
   * Writes the last checkpoints of a run. Called on the store's thread.
   *
   * @return whether they are stored
   */
  boolean writeLast(FlowRun run, List<PartitionProgress> progress) {
    List<Checkpoint> changed = run.log().changed(progress, parts.scheduler().now());
    return changed.isEmpty() || write(Map.of(run, changed));
  }

  private boolean write(Map<FlowRun, List<Checkpoint>> changes) {
    if (changes.isEmpty()) {
      return true;
    }
    List<Checkpoint> all = new ArrayList<>();
    changes.values().forEach(all::addAll);
    List<Checkpoint> refused;
    try {
      refused = parts.store().save(all);
    } catch (RuntimeException | Error failure) {
      for (FlowRun run : changes.keySet()) {
        run.troubledAt(this, Failures.of(failure, "the checkpoint store", run.place()));
      }
      return false;
    }
    changes.forEach((run, written) -> written(run, written, refused));
    return refused.isEmpty();
  }

  private void written(FlowRun run, List<Checkpoint> written, List<Checkpoint> refused) {
    run.recoveredAt(this);
    for (Checkpoint checkpoint : written) {
      if (!refused.contains(checkpoint)) {
        run.log().written(checkpoint);
      } else {
        run.troubledAt(this, refused(run, checkpoint));
      }
    }
  }

  private static SluiceException refused(FlowRun run, Checkpoint checkpoint) {
    return new SluiceException(
        EngineError.STORE_CHECKPOINT_REFUSED,
        "position " + checkpoint.position() + " of " + checkpoint.partition() + " was refused",
        run.place());
  }
}
