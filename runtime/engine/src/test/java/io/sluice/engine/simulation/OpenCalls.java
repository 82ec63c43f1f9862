package io.sluice.engine.simulation;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.sink.WriteResult;
import java.util.HashSet;
import java.util.Set;

/** Whether the engine calls a sink as it promised to: one call per partition, and I7. */
final class OpenCalls {
  private final Checker checker;
  private final Set<Partition> open = new HashSet<>();
  private final Set<Partition> unresolved = new HashSet<>();

  OpenCalls(Checker checker) {
    this.checker = checker;
  }

  void writes(Batch batch) {
    opens(batch);
    if (batch.isEmpty()) {
      checker.violated("contract", "an empty batch was written: " + batch);
    }
    if (unresolved.contains(batch.partition())) {
      checker.violated("I7", "written without a look at the target: " + batch);
    }
  }

  void resolves(Batch batch) {
    opens(batch);
  }

  private void opens(Batch batch) {
    if (!open.add(batch.partition())) {
      checker.violated("I4", "two calls are open at once: " + batch);
    }
  }

  void answered(Batch batch, WriteResult result) {
    open.remove(batch.partition());
    if (result instanceof WriteResult.Unknown) {
      unresolved.add(batch.partition());
    } else {
      unresolved.remove(batch.partition());
    }
  }

  /** Nothing of a partition is open or under way any more. */
  void settled(Partition partition) {
    if (open.contains(partition)) {
      checker.violated("contract", "released with a call open: " + partition);
    }
    unresolved.remove(partition);
  }

  /** The call failed, which says as little as an unknown outcome. */
  void failed(Batch batch) {
    open.remove(batch.partition());
    unresolved.add(batch.partition());
  }
}
