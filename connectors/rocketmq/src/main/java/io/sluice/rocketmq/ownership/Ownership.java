package io.sluice.rocketmq.ownership;

import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Decides which queues of its topic a flow reads, and keeps them for it. Thread-safe. */
public interface Ownership {

  /**
   * Begins, once.
   *
   * @return completes when the first queues are being read, be it none; fails with a {@link
   *     io.sluice.sdk.error.SluiceException}
   */
  CompletableFuture<Void> start(TopicRoute route);

  /** Where the topic is now. */
  void moved(TopicRoute route);

  /** Something does not work at the source: what is held may have to be asked for again. */
  void disturbed();

  /**
   * Gives up what is held, after the flow has ended to read.
   *
   * @param quiet the queues of which nothing is being written; the others may be taken over only
   *     when their locks have ended by themselves
   * @return completes soon; does not fail
   */
  CompletableFuture<Void> stop(Set<Queue> quiet);
}
