package io.sluice.engine.store;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.ResumePoint;
import java.time.Instant;
import java.util.Optional;

/**
 * The stored position of a flow's partition.
 *
 * @param flow name of the flow
 * @param partition name of the source partition
 * @param point where the partition goes on: everything before its position is stored at the target
 *     or dropped by a rule (I1)
 * @param epoch number of the partition's life in the store, from 1; one higher after each {@link
 *     CheckpointStore#reset}
 * @param updated when it was taken, by the wall clock
 */
public record Checkpoint(
    String flow, String partition, ResumePoint point, long epoch, Instant updated) {

  /** Epoch of a partition's first checkpoint. */
  public static final long FIRST_EPOCH = 1;

  public Position position() {
    return point.next();
  }

  public Optional<TargetPosition> target() {
    return point.target();
  }
}
