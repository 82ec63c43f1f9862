package io.sluice.engine;

import io.sluice.engine.store.Checkpoint;
import io.sluice.engine.store.CheckpointStore;
import io.sluice.engine.store.OpenRetry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** A store in memory that fails when the test says so. */
final class FakeStore implements CheckpointStore {
  final Map<String, Checkpoint> checkpoints = new HashMap<>();
  final Map<String, OpenRetry> retries = new TreeMap<>();
  final Queue<RuntimeException> failures = new ArrayDeque<>();
  final List<Checkpoint> resets = new ArrayList<>();

  @Override
  public Map<String, Checkpoint> load(String flow) {
    failIfTold();
    Map<String, Checkpoint> found = new HashMap<>();
    checkpoints.values().stream()
        .filter(one -> one.flow().equals(flow))
        .forEach(one -> found.put(one.partition(), one));
    return found;
  }

  @Override
  public List<Checkpoint> save(List<Checkpoint> saved) {
    failIfTold();
    saved.forEach(one -> checkpoints.put(one.flow() + "/" + one.partition(), one));
    saved.forEach(
        one ->
            retries
                .values()
                .removeIf(
                    retry ->
                        retry.flow().equals(one.flow())
                            && retry.partition().equals(one.partition())
                            && retry.position().isBefore(one.position())));
    return List.of();
  }

  @Override
  public Checkpoint reset(Checkpoint checkpoint) {
    failIfTold();
    resets.add(checkpoint);
    checkpoints.put(checkpoint.flow() + "/" + checkpoint.partition(), checkpoint);
    return checkpoint;
  }

  @Override
  public void remove(String flow, Collection<String> partitions) {
    failIfTold();
    partitions.forEach(partition -> checkpoints.remove(flow + "/" + partition));
    retries
        .values()
        .removeIf(one -> one.flow().equals(flow) && partitions.contains(one.partition()));
  }

  @Override
  public List<OpenRetry> retries(String flow) {
    failIfTold();
    return retries.values().stream().filter(one -> one.flow().equals(flow)).toList();
  }

  @Override
  public void keep(OpenRetry retry) {
    failIfTold();
    retries.put(retry.flow() + "/" + retry.partition() + "@" + retry.position(), retry);
  }

  private void failIfTold() {
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
  }

  @Override
  public void close() {}
}
