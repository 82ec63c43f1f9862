package io.sluice.engine;

import io.sluice.engine.store.Checkpoint;
import io.sluice.sdk.source.ResumePoint;
import java.util.Optional;

/** Where a partition goes on, decided from what the target and the store say. */
final class ResumeOrder {

  /** What was decided. */
  sealed interface Decision {

    /** Neither knows the partition: the source decides. */
    record Absent() implements Decision {}

    /** Go on there. */
    record Resume(ResumePoint point) implements Decision {}

    /** Go on there, and first write it to the store, where a later position stands. */
    record StepBack(ResumePoint point) implements Decision {}
  }

  private ResumeOrder() {}

  /**
   * The target's tail goes before the checkpoint, which is written behind and mostly lags.
   *
   * <p>A tail behind the checkpoint has one of two reasons. If the target stands where it stood at
   * the checkpoint, the records in between were dropped by a rule, and the checkpoint is right.
   * Otherwise the target has lost its end, as after a fail-over to a replica that lagged: what is
   * gone must be read again (I3), although the position moves back (I2). That is the tail's word,
   * not ours, and the store must have it before anything is written: a crash in between would bring
   * back the later position when the target's end has grown over the gap.
   *
   * <p>No tail at all does not mean that the target lost everything: its records may have passed
   * their retention. So the checkpoint counts.
   *
   * @param tail after the last record that the target holds, empty if it holds none or cannot tell
   */
  static Decision decide(Optional<ResumePoint> tail, Optional<Checkpoint> checkpoint) {
    if (checkpoint.isEmpty()) {
      return tail.<Decision>map(Decision.Resume::new).orElseGet(Decision.Absent::new);
    }
    ResumePoint stored = checkpoint.get().point();
    if (tail.isEmpty()) {
      return new Decision.Resume(stored);
    }
    ResumePoint found = tail.get().orLandmarkOf(stored);
    if (!found.next().isBefore(stored.next())) {
      return new Decision.Resume(found);
    }
    boolean sameEnd = stored.target().isPresent() && stored.target().equals(found.target());
    return sameEnd ? new Decision.Resume(stored) : new Decision.StepBack(found);
  }
}
