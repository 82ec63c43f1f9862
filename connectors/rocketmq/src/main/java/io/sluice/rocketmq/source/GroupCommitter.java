package io.sluice.rocketmq.source;

import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Commits what is done to the consumer group, so that its lag shows at the source (I1). What cannot
 * be committed now is committed next time: it is not what a flow resumes from, unless its own
 * checkpoints are lost.
 */
final class GroupCommitter {
  private final GroupOffsets offsets;
  private final Map<Queue, Long> committed = new ConcurrentHashMap<>();
  private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

  GroupCommitter(GroupOffsets offsets) {
    this.offsets = offsets;
  }

  /**
   * Commits what has changed since the last time, unless that is still under way: a broker may take
   * two commits in either order. Fails if some of it could not be committed.
   */
  synchronized CompletableFuture<Void> commit(Collection<QueueReader> readers, TopicRoute route) {
    if (underWay.isDone()) {
      underWay = commitChanged(readers, route);
    }
    return underWay;
  }

  /** Commits where the readers have ended, after what is under way. */
  synchronized CompletableFuture<Void> commitLast(
      Collection<QueueReader> readers, TopicRoute route) {
    underWay =
        underWay
            .exceptionally(ignored -> null)
            .thenCompose(before -> commitChanged(readers, route));
    return underWay;
  }

  private CompletableFuture<Void> commitChanged(Collection<QueueReader> readers, TopicRoute route) {
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    for (QueueReader reader : readers) {
      Queue queue = reader.queue();
      long position = reader.committed().offset();
      Optional<String> address = route.address(queue);
      if (address.isPresent() && !Long.valueOf(position).equals(committed.get(queue))) {
        commits.add(
            offsets
                .commit(queue, address.get(), position)
                .thenRun(() -> committed.put(queue, position)));
      }
    }
    return CompletableFuture.allOf(commits.toArray(CompletableFuture<?>[]::new));
  }
}
