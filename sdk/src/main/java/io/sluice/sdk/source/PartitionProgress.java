package io.sluice.sdk.source;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import java.util.OptionalLong;

/**
 * Where one partition stands.
 *
 * @param partition the partition
 * @param point the first position that is not done, with what is known of it
 * @param lag records from there on that the source holds, done or not; empty when the end is
 *     unknown
 */
public record PartitionProgress(Partition partition, ResumePoint point, OptionalLong lag) {

  /** Everything before it is done. */
  public Position committed() {
    return point.next();
  }
}
