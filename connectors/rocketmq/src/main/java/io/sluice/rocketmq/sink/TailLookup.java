package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.ResumePoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds where partitions go on by what the target holds of them.
 *
 * <p>It answers for those of which there is a record behind the checkpoint, or whose end the target
 * has lost. For the others the checkpoint is exact: what was filtered out behind the last stored
 * record stays done.
 */
final class TailLookup {
  /** How many messages are looked at for a partition without checkpoint: it may have none there. */
  private static final long LOOK_BACK = 10_000;

  private final TailSearch search;
  private final String instance;

  TailLookup(TailSearch search, String instance) {
    this.search = search;
    this.instance = instance;
  }

  /**
   * Looks after a moment: brokers show a message a little after they confirmed it, and the one who
   * wrote the queue before may have been told only now that its last messages are stored.
   *
   * @param byQueue the partitions of each target queue
   * @param known the checkpoints, with where the target stood
   * @return fails with a {@link SluiceException}
   */
  CompletableFuture<Map<Partition, ResumePoint>> find(
      Map<Queue, List<Partition>> byQueue, Map<Partition, ResumePoint> known) {
    return search.settled().thenCompose(settled -> findNow(byQueue, known));
  }

  private CompletableFuture<Map<Partition, ResumePoint>> findNow(
      Map<Queue, List<Partition>> byQueue, Map<Partition, ResumePoint> known) {
    Map<Partition, ResumePoint> points = new ConcurrentHashMap<>();
    List<CompletableFuture<Void>> searches = new ArrayList<>();
    byQueue.forEach(
        (queue, sharing) -> searches.add(find(queue, sharing, known).thenAccept(points::putAll)));
    return CompletableFuture.allOf(searches.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> Map.copyOf(points));
  }

  /**
   * For messages without stamps, of which only the number tells whether they are there.
   *
   * @return fails with {@link RocketMqError#TARGET_LOST} if a queue ends before a checkpoint
   */
  CompletableFuture<Void> requireNothingLost(
      Map<Queue, List<Partition>> byQueue, Map<Partition, ResumePoint> known) {
    List<CompletableFuture<Void>> checks = new ArrayList<>();
    byQueue.forEach(
        (queue, sharing) ->
            checks.add(
                settledRange(queue, sharing, known)
                    .thenAccept(range -> points(queue, range.end(), sharing, known, Map.of()))));
    return CompletableFuture.allOf(checks.toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Map<Partition, ResumePoint>> find(
      Queue queue, List<Partition> sharing, Map<Partition, ResumePoint> known) {
    return range(queue)
        .thenCompose(
            range ->
                search
                    .backwards(
                        queue,
                        range.end(),
                        floor(range, sharing, known),
                        sharing,
                        limits(range, sharing, known))
                    .thenApply(found -> points(queue, range.end(), sharing, known, found)));
  }

  /** Brokers show a message a little after they confirmed it: a queue is not taken for shorter. */
  private CompletableFuture<Range> settledRange(
      Queue queue, List<Partition> sharing, Map<Partition, ResumePoint> known) {
    return range(queue)
        .thenCompose(
            range ->
                sharing.stream().noneMatch(partition -> range.hasLost(known.get(partition)))
                    ? CompletableFuture.completedFuture(range)
                    : search.settled().thenCompose(waited -> range(queue)));
  }

  /**
   * Where the target has lost records, those before the checkpoint tell how far it got; what it has
   * taken since stands behind a hole.
   */
  private static Map<Partition, Position> limits(
      Range range, List<Partition> sharing, Map<Partition, ResumePoint> known) {
    Map<Partition, Position> limits = new HashMap<>();
    for (Partition partition : sharing) {
      if (range.hasLost(known.get(partition))) {
        limits.put(partition, known.get(partition).next());
      }
    }
    return limits;
  }

  private CompletableFuture<Range> range(Queue queue) {
    return search.first(queue).thenCombine(search.end(queue), Range::new);
  }

  /** Nothing before the lowest checkpoint needs a look, unless the target ends before it. */
  private static long floor(
      Range range, List<Partition> sharing, Map<Partition, ResumePoint> known) {
    long floor = range.end();
    for (Partition partition : sharing) {
      ResumePoint before = known.get(partition);
      boolean exact = before != null && !range.hasLost(before);
      floor = Math.min(floor, exact ? target(before).next() : range.end() - LOOK_BACK);
    }
    return Math.max(range.first(), floor);
  }

  private Map<Partition, ResumePoint> points(
      Queue queue,
      long end,
      List<Partition> sharing,
      Map<Partition, ResumePoint> known,
      Map<Partition, TailSearch.Copy> found) {
    Map<Partition, ResumePoint> points = new HashMap<>();
    for (Partition partition : sharing) {
      TailSearch.Copy copy = found.get(partition);
      ResumePoint before = known.get(partition);
      boolean lost = before != null && target(before).next() > end;
      if (copy != null && (before == null || lost || copy.offset() >= target(before).next())) {
        points.put(
            partition,
            new ResumePoint(
                copy.origin().plus(1),
                Optional.of(new TargetPosition(queue.name(), end)),
                copy.landmark()));
      } else if (lost) {
        throw nothingLeft(queue, end, partition, target(before));
      }
    }
    return points;
  }

  private static TargetPosition target(ResumePoint checkpoint) {
    return checkpoint.target().orElseThrow();
  }

  private SluiceException nothingLeft(
      Queue queue, long end, Partition partition, TargetPosition before) {
    return new SluiceException(
        RocketMqError.TARGET_LOST,
        "target queue "
            + queue
            + " ends at offset "
            + end
            + ", but the flow had stored up to "
            + before.next()
            + ", and no record of "
            + partition
            + " can be recognised at its end",
        new Location.Named("instance " + instance));
  }

  private record Range(long first, long end) {
    boolean hasLost(@Nullable ResumePoint before) {
      return before != null && target(before).next() > end;
    }
  }
}
