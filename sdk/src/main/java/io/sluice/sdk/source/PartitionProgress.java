package io.sluice.sdk.source;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where one partition stands.
 *
 * @param partition the partition
 * @param committed everything before it is done
 * @param target where the target stood when {@code committed} was reached, if known
 * @param lag records behind {@code committed} that the source holds, done or not; empty when the
 *     end is unknown
 */
public record PartitionProgress(
    Partition partition, Position committed, Optional<TargetPosition> target, OptionalLong lag) {}
