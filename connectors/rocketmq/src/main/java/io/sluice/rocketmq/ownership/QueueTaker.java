package io.sluice.rocketmq.ownership;

import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Lease;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Who reads the queues that an {@link Ownership} gets. Called by one thread at a time. */
public interface QueueTaker {

  /**
   * These queues are the flow's own now: it begins to read them, each as long as its lease is held.
   *
   * @return completes when they are being read; fails with a {@link
   *     io.sluice.sdk.error.SluiceException} if the flow cannot begin, and then they are given up
   */
  CompletableFuture<Void> take(Map<Queue, Lease> queues);

  /**
   * A queue is to be handed over: what is offered of it may come to its end first.
   *
   * @return completes when nothing of it is written any more and its position is committed; does
   *     not fail
   */
  CompletableFuture<Void> handOver(Queue queue);

  /**
   * A queue has been lost to another member: what is offered of it is given up at once.
   *
   * @return completes when nothing of it is written any more; does not fail
   */
  CompletableFuture<Void> abandon(Queue queue);
}
