package io.sluice.engine.simulation;

import io.sluice.engine.TestError;
import io.sluice.engine.store.Checkpoint;
import io.sluice.engine.store.CheckpointStore;
import io.sluice.engine.store.OpenRetry;
import io.sluice.sdk.batch.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store that keeps its promise, and no more: what a call wrote when it returned survives, and a
 * call that fails may have written or not.
 */
class SimulatedStore implements CheckpointStore {
  private final World world;
  private final Map<String, Checkpoint> durable = new HashMap<>();
  private final Map<String, OpenRetry> retries = new HashMap<>();

  SimulatedStore(World world) {
    this.world = world;
  }

  @Override
  public Map<String, Checkpoint> load(String flow) {
    failSometimes("could not be read");
    return Map.copyOf(durable);
  }

  @Override
  public List<Checkpoint> save(List<Checkpoint> checkpoints) {
    failSometimes("could not be written");
    List<Checkpoint> refused = new ArrayList<>();
    for (Checkpoint checkpoint : checkpoints) {
      Optional<Checkpoint> before = Optional.ofNullable(durable.get(checkpoint.partition()));
      if (before.isPresent()
          && (before.get().epoch() != checkpoint.epoch()
              || checkpoint.position().isBefore(before.get().position()))) {
        refused.add(checkpoint);
      } else {
        put(checkpoint);
      }
    }
    failSometimes("answered too late");
    return refused;
  }

  @Override
  public Checkpoint reset(Checkpoint checkpoint) {
    world.checker().violated("I2", "stepped back although the target lost nothing: " + checkpoint);
    return checkpoint;
  }

  @Override
  public void remove(String flow, Collection<String> partitions) {
    failSometimes("could not be written");
    durable.keySet().removeAll(partitions);
    retries.values().removeIf(retry -> partitions.contains(retry.partition()));
  }

  @Override
  public List<OpenRetry> retries(String flow) {
    failSometimes("could not be read");
    return List.copyOf(retries.values());
  }

  @Override
  public void keep(OpenRetry retry) {
    failSometimes("could not be written");
    retries.put(retry.partition() + "@" + retry.position(), retry);
    failSometimes("answered too late");
  }

  void put(Checkpoint checkpoint) {
    durable.put(checkpoint.partition(), checkpoint);
    retries
        .values()
        .removeIf(
            retry ->
                retry.partition().equals(checkpoint.partition())
                    && retry.position().isBefore(checkpoint.position()));
  }

  Optional<Position> position(String partition) {
    return Optional.ofNullable(durable.get(partition)).map(Checkpoint::position);
  }

  private void failSometimes(String what) {
    if (world.happens(world.plan().storeFailures())) {
      throw TestError.down("the store " + what);
    }
  }

  @Override
  public void close() {}
}
