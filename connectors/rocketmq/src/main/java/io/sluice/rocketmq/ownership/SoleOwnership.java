package io.sluice.rocketmq.ownership;

import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.batch.Lease;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A flow without a consumer group reads all queues: nobody can share them with it. */
public final class SoleOwnership implements Ownership {
  private final QueueTaker taker;
  private final Consumer<Throwable> failed;
  private final Set<Queue> taken = new HashSet<>();

  /**
   * @param failed told if queues that appear later cannot be taken
   */
  public SoleOwnership(QueueTaker taker, Consumer<Throwable> failed) {
    this.taker = taker;
    this.failed = failed;
  }

  @Override
  public CompletableFuture<Void> start(TopicRoute route) {
    return taker.take(added(route));
  }

  @Override
  public void moved(TopicRoute route) {
    Map<Queue, Lease> added = added(route);
    if (!added.isEmpty()) {
      taker
          .take(added)
          .whenComplete(
              (nothing, failure) -> {
                if (failure != null) {
                  forget(added);
                  failed.accept(failure);
                }
              });
    }
  }

  private synchronized Map<Queue, Lease> added(TopicRoute route) {
    Map<Queue, Lease> added = new LinkedHashMap<>();
    for (Queue queue : route.readable()) {
      if (taken.add(queue)) {
        added.put(queue, Lease.UNSHARED);
      }
    }
    return added;
  }

  private synchronized void forget(Map<Queue, Lease> queues) {
    taken.removeAll(queues.keySet());
  }

  @Override
  public void disturbed() {}

  @Override
  public CompletableFuture<Void> stop(Set<Queue> quiet) {
    return CompletableFuture.completedFuture(null);
  }
}
