package io.sluice.rocketmq.source;

import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.batch.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Commits what is done to the consumer group, so that its lag shows at the source (I1). What cannot
 * be committed now is committed next time: it is not what a flow resumes from, unless its own
 * checkpoints are lost.
 *
 * <p>The first commit at a broker goes alone, the others follow together: of two first commits of a
 * group that come at once, brokers keep one ({@code ConsumerOffsetManager.commitOffset} puts each
 * into a table of its own).
 */
final class GroupCommitter {
  private final GroupOffsets offsets;

  /** What the group stands at, as far as that is known; nothing lower is committed (I2). */
  private final Map<Queue, Position> committed = new ConcurrentHashMap<>();

  /** Brokers that certainly have a table of the group's offsets. */
  private final Set<String> opened = ConcurrentHashMap.newKeySet();

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
    Map<String, List<Commit>> byBroker = new HashMap<>();
    for (QueueReader reader : readers) {
      Queue queue = reader.queue();
      Position position = reader.committed();
      Optional<String> address = route.address(queue);
      Position before = committed.get(queue);
      if (address.isPresent() && (before == null || before.isBefore(position))) {
        byBroker
            .computeIfAbsent(queue.broker(), broker -> new ArrayList<>())
            .add(new Commit(queue, address.get(), position));
      }
    }
    return all(byBroker.entrySet().stream().map(at -> commit(at.getKey(), at.getValue())));
  }

  private CompletableFuture<Void> commit(String broker, List<Commit> commits) {
    if (opened.contains(broker)) {
      return all(commits.stream().map(this::send));
    }
    return send(commits.get(0))
        .thenCompose(
            first -> {
              opened.add(broker);
              return all(commits.stream().skip(1).map(this::send));
            });
  }

  /**
   * A flow that goes by the target's tail may begin before what its group has committed; only the
   * offsets of a queue that was made anew may be lower than before.
   */
  private CompletableFuture<Void> send(Commit commit) {
    if (committed.containsKey(commit.queue()) || commit.position().incarnation() > 0) {
      return store(commit);
    }
    return offsets
        .committed(commit.queue(), commit.address())
        .thenCompose(
            known -> {
              if (known.orElse(-1) < commit.position().offset()) {
                return store(commit);
              }
              committed.put(commit.queue(), commit.position().at(known.getAsLong()));
              return CompletableFuture.completedFuture(null);
            });
  }

  /** Another owner moves a queue's offset on from now. */
  void forget(Queue queue) {
    committed.remove(queue);
  }

  private CompletableFuture<Void> store(Commit commit) {
    return offsets
        .commit(commit.queue(), commit.address(), commit.position().offset())
        .thenRun(() -> committed.put(commit.queue(), commit.position()));
  }

  private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> commits) {
    return CompletableFuture.allOf(commits.toArray(CompletableFuture<?>[]::new));
  }

  private record Commit(Queue queue, String address, Position position) {}
}
