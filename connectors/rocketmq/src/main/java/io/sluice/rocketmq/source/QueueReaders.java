package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.ownership.QueueTaker;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Lease;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The readers of the queues that a flow owns: opened where the queue resumes, closed when it passes
 * to another runtime. Thread-safe.
 */
final class QueueReaders implements QueueTaker {
  private static final Duration LOOKUP_RETRY = Duration.ofSeconds(1);

  /** A batch that is not done by then is given up: the next owner sends it. */
  private static final Duration HAND_OVER_LIMIT = Duration.ofSeconds(10);

  private final Lanes lanes;
  private final StartLookup lookup;
  private final QueueReader.Tools tools;
  private final SourceEvents events;
  private final Scheduler scheduler;
  private final Supplier<TopicRoute> route;
  private final Optional<GroupCommitter> committer;
  private final ConcurrentMap<String, QueueReader> readers = new ConcurrentHashMap<>();

  /** Owned queues, also those whose start is still being looked for. */
  private final Set<Queue> owned = ConcurrentHashMap.newKeySet();

  private volatile boolean paused;
  private volatile boolean stopping;

  QueueReaders(
      Lanes lanes,
      StartLookup lookup,
      QueueReader.Tools tools,
      SourceEvents events,
      Supplier<TopicRoute> route,
      Optional<GroupCommitter> committer) {
    this.lanes = lanes;
    this.lookup = lookup;
    this.tools = tools;
    this.events = events;
    this.scheduler = tools.scheduler();
    this.route = route;
    this.committer = committer;
  }

  @Override
  public CompletableFuture<Void> take(Map<Queue, Lease> queues) {
    owned.addAll(queues.keySet());
    List<Partition> partitions = queues.keySet().stream().map(lanes::of).toList();
    return receiver()
        .assigned(partitions)
        .toCompletableFuture()
        .thenCompose(
            known -> {
              boolean ranBefore = !known.isEmpty();
              List<CompletableFuture<Void>> starts = new ArrayList<>();
              queues.forEach(
                  (queue, lease) ->
                      starts.add(
                          start(queue, Optional.ofNullable(known.get(lanes.of(queue))), ranBefore)
                              .thenAccept(point -> open(queue, lease, point))));
              return CompletableFuture.allOf(starts.toArray(CompletableFuture<?>[]::new));
            })
        .thenRun(this::commit);
  }

  private CompletableFuture<ResumePoint> start(
      Queue queue, Optional<ResumePoint> known, boolean ranBefore) {
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    CompletableFuture<ResumePoint> point = new CompletableFuture<>();
    // All of a queue that appears is new, whatever position is configured.
    lookUp(queue, ranBefore || lanes.isLate(queue), point);
    return point;
  }

  /** A lookup that fails is repeated as long as the queue is ours: it never counts as absent. */
  private void lookUp(Queue queue, boolean appeared, CompletableFuture<ResumePoint> point) {
    lookup
        .offset(queue, route.get(), appeared)
        .whenComplete(
            (offset, failure) -> {
              if (failure == null) {
                events.recovered(queue);
                point.complete(new ResumePoint(new Position(offset), Optional.empty()));
              } else if (CallFailure.unwrap(failure) instanceof RetriableException trouble) {
                events.troubled(queue, trouble);
                scheduler.after(LOOKUP_RETRY, () -> lookUpAgain(queue, appeared, point));
              } else {
                point.completeExceptionally(failure);
              }
            });
  }

  private void lookUpAgain(Queue queue, boolean appeared, CompletableFuture<ResumePoint> point) {
    if (stopping || !owned.contains(queue)) {
      point.cancel(false);
    } else {
      lookUp(queue, appeared, point);
    }
  }

  private void open(Queue queue, Lease lease, ResumePoint start) {
    Partition partition = lanes.of(queue);
    QueueReader reader = new QueueReader(queue, partition, lease, start, tools);
    if (stopping || events.hasFailed() || !owned.contains(queue)) {
      return;
    }
    readers.put(partition.name(), reader);
    if (paused) {
      reader.pause();
    }
    reader.proceed();
  }

  @Override
  public CompletableFuture<Void> handOver(Queue queue) {
    owned.remove(queue);
    Partition partition = lanes.of(queue);
    QueueReader reader = readers.get(partition.name());
    if (reader == null) {
      return revoke(queue);
    }
    CompletableFuture<Void> done = reader.finish();
    Scheduler.Cancellable limit = scheduler.after(HAND_OVER_LIMIT, () -> done.complete(null));
    return done.thenCompose(
            finished -> {
              limit.cancel();
              return reader.abandon();
            })
        .thenCompose(
            abandoned -> {
              readers.remove(partition.name(), reader); // its position is nobody's to store here
              return revoke(queue);
            })
        .thenCompose(revoked -> committed(reader));
  }

  @Override
  public CompletableFuture<Void> abandon(Queue queue) {
    owned.remove(queue);
    Partition partition = lanes.of(queue);
    QueueReader reader = readers.remove(partition.name());
    CompletableFuture<Void> ended =
        reader == null ? CompletableFuture.completedFuture(null) : reader.abandon();
    return ended.thenCompose(nothing -> revoke(queue));
  }

  /** What stood in the way of reading the queue is not this runtime's trouble any more. */
  private CompletableFuture<Void> revoke(Queue queue) {
    events.recovered(queue);
    return receiver().revoked(List.of(lanes.of(queue))).toCompletableFuture();
  }

  /** Whoever reads the queue next may have nothing but this to go by. */
  private CompletableFuture<Void> committed(QueueReader reader) {
    return committer
        .map(group -> group.commitLast(List.of(reader), route.get()))
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .exceptionally(uncommitted -> null)
        .thenRun(() -> committer.ifPresent(group -> group.forget(reader.queue())));
  }

  /**
   * Commits to the group what is done. Only of queues that are certainly ours: another owner's
   * positions must not be moved back (I2).
   */
  void commit() {
    committer.ifPresent(
        group ->
            group.commit(
                readers.values().stream().filter(QueueReader::isOwned).toList(), route.get()));
  }

  void pause() {
    paused = true;
    readers.values().forEach(QueueReader::pause);
  }

  void resume() {
    paused = false;
    readers.values().forEach(QueueReader::resume);
  }

  /** What was given up meanwhile is passed over. */
  void done(Batch batch, Optional<TargetPosition> stored) {
    QueueReader reader = readers.get(batch.partition().name());
    if (reader != null) {
      reader.done(batch, stored);
    }
  }

  void goOn(Batch batch) {
    QueueReader reader = readers.get(batch.partition().name());
    if (reader != null) {
      reader.goOn(batch);
    }
  }

  List<PartitionProgress> progress() {
    return readers.values().stream().map(QueueReader::progress).toList();
  }

  /** Ends all reading. Readers stay, with their positions. */
  CompletableFuture<Void> stop() {
    stopping = true;
    return CompletableFuture.allOf(
        readers.values().stream().map(QueueReader::stop).toArray(CompletableFuture<?>[]::new));
  }

  /** The queues of which everything that was offered is done. */
  Set<Queue> quiet() {
    return readers.values().stream()
        .filter(QueueReader::isQuiet)
        .map(QueueReader::queue)
        .collect(Collectors.toSet());
  }

  /** Commits where reading has ended; does not fail. */
  CompletableFuture<Void> commitLast() {
    Collection<QueueReader> ours = readers.values().stream().filter(QueueReader::isOwned).toList();
    return committer
        .map(group -> group.commitLast(ours, route.get()))
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .exceptionally(uncommitted -> null);
  }

  private BatchReceiver receiver() {
    return events.receiver();
  }
}
