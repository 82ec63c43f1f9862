package io.sluice.engine;

import io.sluice.engine.store.Checkpoint;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the store holds for one run of a flow, so that only what changed is written. Used on the
 * store's thread alone.
 */
final class CheckpointLog {
  private final String flow;
  private final Map<String, Checkpoint> stored = new HashMap<>();

  CheckpointLog(String flow) {
    this.flow = flow;
  }

  void loaded(Map<String, Checkpoint> checkpoints) {
    stored.putAll(checkpoints);
  }

  void written(Checkpoint checkpoint) {
    stored.put(checkpoint.partition(), checkpoint);
  }

  void removed(Collection<String> partitions) {
    stored.keySet().removeAll(partitions);
  }

  Optional<Checkpoint> stored(String partition) {
    return Optional.ofNullable(stored.get(partition));
  }

  /** The checkpoint that a step back writes; the store gives it its epoch. */
  Checkpoint at(String partition, ResumePoint point, Instant now) {
    long epoch = stored(partition).map(Checkpoint::epoch).orElse(Checkpoint.FIRST_EPOCH);
    return new Checkpoint(flow, partition, point, epoch, now);
  }

  /** Checkpoints of the partitions that have moved on since they were last written. */
  List<Checkpoint> changed(List<PartitionProgress> progress, Instant now) {
    List<Checkpoint> changed = new ArrayList<>();
    for (PartitionProgress one : progress) {
      Optional<Checkpoint> before = stored(one.partition().name());
      if (before.isEmpty() || before.get().position().isBefore(one.committed())) {
        changed.add(at(one.partition().name(), one.point(), now));
      }
    }
    return changed;
  }
}
