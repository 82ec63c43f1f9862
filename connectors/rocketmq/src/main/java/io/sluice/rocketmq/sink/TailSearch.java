package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.Connection;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.pull.QueueScan;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.QueueOffsets;
import io.sluice.rocketmq.stored.KnownMessage;
import io.sluice.rocketmq.stored.StoredCursor;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.rocketmq.transcode.OriginStamp;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the end of target queues which records of a source partition they hold, by their
 * origin stamps (I7). Does not block; futures fail with a SluiceException.
 */
final class TailSearch {
  /** Brokers show what they stored within milliseconds. */
  private static final Duration UNTIL_SHOWN = Duration.ofSeconds(1);

  /** Messages that are looked at in one step back. */
  private static final long STEP = 256;

  private final RemotingClient client;
  private final TargetAddresses addresses;
  private final QueueScan scan;
  private final Fence fence;
  private final Scheduler scheduler;

  TailSearch(
      RemotingClient client,
      TargetAddresses addresses,
      QueueScan scan,
      Fence fence,
      Scheduler scheduler) {
    this.client = client;
    this.addresses = addresses;
    this.scan = scan;
    this.fence = fence;
    this.scheduler = scheduler;
  }

  /**
   * What a search brought.
   *
   * @param origin highest source position of the partition, if there is a record of it
   * @param end where the queue ends
   */
  record Found(Optional<Position> origin, long end) {}

  /**
   * The last copy of a partition in a target queue.
   *
   * @param origin position at the source
   * @param landmark by what the source knows its message again, if that has a key
   * @param offset offset at the target
   */
  record Copy(Position origin, Optional<Landmark> landmark, long offset) {}

  /**
   * The records of a partition from an offset of the target queue on, after everything that is
   * under way to the broker has arrived or is lost ({@link Fence}).
   *
   * @param sentBy the connection by which the last request went out
   */
  CompletableFuture<Found> since(
      Queue queue, Optional<Connection> sentBy, long from, Partition partition) {
    return fence
        .raise(queue, sentBy)
        .thenCompose(fenced -> end(queue))
        .thenCompose(
            end -> {
              Map<Partition, Copy> found = new HashMap<>();
              return scan.read(
                      queue,
                      Math.min(from, end),
                      end,
                      messages -> collect(messages, List.of(partition), Map.of(), found))
                  .thenApply(
                      done ->
                          new Found(
                              Optional.ofNullable(found.get(partition)).map(Copy::origin), end));
            });
  }

  /**
   * The last records of some partitions, searched backwards from the end of the queue until each is
   * found or the floor is reached.
   *
   * @param limits for some partitions: records from this position on are passed over
   * @return the last copy of each partition that was found
   */
  CompletableFuture<Map<Partition, Copy>> backwards(
      Queue queue,
      long end,
      long floor,
      Collection<Partition> partitions,
      Map<Partition, Position> limits) {
    return backwards(queue, end, floor, partitions, limits, new HashMap<>());
  }

  private CompletableFuture<Map<Partition, Copy>> backwards(
      Queue queue,
      long end,
      long floor,
      Collection<Partition> partitions,
      Map<Partition, Position> limits,
      Map<Partition, Copy> found) {
    if (end <= floor || found.keySet().containsAll(partitions)) {
      return CompletableFuture.completedFuture(found);
    }
    long from = Math.max(floor, end - STEP);
    Map<Partition, Copy> here = new HashMap<>();
    return scan.read(queue, from, end, messages -> collect(messages, partitions, limits, here))
        .thenCompose(
            done -> {
              here.forEach(found::putIfAbsent);
              return backwards(queue, from, floor, partitions, limits, found);
            });
  }

  /** Where a queue ends. */
  CompletableFuture<Long> end(Queue queue) {
    return addresses.at(queue, address -> QueueOffsets.end(client, queue, address));
  }

  /**
   * Where a queue ends that is to reach an offset. If it does not, the broker is asked once more a
   * little later: it shows a message a little after it confirmed it.
   */
  CompletableFuture<Long> reaching(Queue queue, long offset) {
    return end(queue)
        .thenCompose(
            end ->
                end >= offset
                    ? CompletableFuture.completedFuture(end)
                    : settled().thenCompose(shown -> end(queue)));
  }

  /** Where a queue begins. */
  CompletableFuture<Long> first(Queue queue) {
    return addresses.at(queue, address -> QueueOffsets.first(client, queue, address));
  }

  /** Waits until the broker shows everything that it has stored. */
  CompletableFuture<Void> settled() {
    CompletableFuture<Void> later = new CompletableFuture<>();
    scheduler.after(UNTIL_SHOWN, () -> later.complete(null));
    return later;
  }

  /** Why a search failed. */
  SluiceException reason(Throwable failure) {
    return CallFailure.translate(failure, client, "target " + client.instance().name());
  }

  private static void collect(
      StoredMessages messages,
      Collection<Partition> partitions,
      Map<Partition, Position> limits,
      Map<Partition, Copy> found) {
    Map<Partition, OriginStamp> stamps = new HashMap<>();
    partitions.forEach(partition -> stamps.put(partition, OriginStamp.of(partition)));
    StoredCursor cursor = messages.cursor();
    while (cursor.advance()) {
      stamps.forEach(
          (partition, stamp) ->
              stamp
                  .originOf(cursor)
                  .filter(origin -> isBefore(origin, limits.get(partition)))
                  .ifPresent(
                      origin ->
                          found.merge(
                              partition,
                              copy(origin, cursor),
                              (a, b) -> b.origin().isBefore(a.origin()) ? a : b)));
    }
  }

  private static Copy copy(Position origin, StoredCursor cursor) {
    return new Copy(
        origin,
        KnownMessage.copied(origin.offset(), cursor).map(KnownMessage::landmark),
        cursor.offset());
  }

  private static boolean isBefore(Position origin, @Nullable Position limit) {
    return limit == null || origin.isBefore(limit);
  }

  /** How many records of a partition lie in a range of a target queue. */
  CompletableFuture<Long> count(Queue queue, long from, long to, Partition partition) {
    AtomicLong copies = new AtomicLong();
    OriginStamp stamp = OriginStamp.of(partition);
    return scan.read(
            queue,
            from,
            to,
            messages -> {
              StoredCursor cursor = messages.cursor();
              while (cursor.advance()) {
                if (stamp.originOf(cursor).isPresent()) {
                  copies.incrementAndGet();
                }
              }
            })
        .thenApply(done -> copies.get());
  }
}
