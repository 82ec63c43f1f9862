package io.sluice.sdk.source;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import java.util.Optional;

/**
 * Where a partition goes on.
 *
 * @param next the first position that is not done
 * @param target where the target stood there, if known
 * @param landmark by what the source knows the partition again, if it has left something
 */
public record ResumePoint(
    Position next, Optional<TargetPosition> target, Optional<Landmark> landmark) {

  /** Without a landmark. */
  public ResumePoint(Position next, Optional<TargetPosition> target) {
    this(next, target, Optional.empty());
  }

  /** The same place; without a landmark, with that of another point of the same incarnation. */
  public ResumePoint orLandmarkOf(ResumePoint other) {
    return landmark.isEmpty() && next.incarnation() == other.next.incarnation()
        ? new ResumePoint(next, target, other.landmark)
        : this;
  }
}
