package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.QueueOffsets;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.record.RecordCursor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the first message of a queue that was stored at or after a time, on any version.
 *
 * <p>5.x brokers answer its offset, or the end of the queue. 4.x brokers answer a near neighbour,
 * any one of several messages of the same millisecond, or the last message for a time after it. So
 * the answer is a place to look around: first back while messages are late enough, then forward to
 * the first that is.
 */
final class TimestampSearch {
  private static final int STEP = QueuePuller.MAX_MESSAGES;

  private final RemotingClient client;
  private final QueuePuller puller;
  private final Queue queue;
  private final String address;
  private final Instant time;

  /**
   * @param puller without a tag filter
   */
  TimestampSearch(
      RemotingClient client, QueuePuller puller, Queue queue, String address, Instant time) {
    this.client = client;
    this.puller = puller;
    this.queue = queue;
    this.address = address;
    this.time = time;
  }

  /** The offset of that message, or the end of the queue. */
  CompletableFuture<Long> offset() {
    return QueueOffsets.first(client, queue, address)
        .thenCompose(
            first ->
                QueueOffsets.near(client, queue, address, time.toEpochMilli())
                    .thenCompose(near -> back(first, Math.max(first, near))));
  }

  /** Looks at the messages before a candidate until there is an earlier one than the time. */
  private CompletableFuture<Long> back(long first, long candidate) {
    long from = Math.max(first, candidate - STEP);
    return puller
        .pull(queue, from, STEP, false)
        .thenCompose(
            pulled -> {
              if (from > first
                  && messages(pulled).map(chunk -> isLateEnough(chunk, 0)).orElse(false)) {
                return back(first, from);
              }
              return forward(from, pulled);
            });
  }

  private CompletableFuture<Long> forward(long from, Pulled pulled) {
    if (!(pulled instanceof Pulled.Stretch stretch)) {
      Pulled.Outside outside = (Pulled.Outside) pulled;
      return from < outside.first()
          ? pullFrom(outside.first()) // what was there has expired meanwhile
          : CompletableFuture.completedFuture(outside.end());
    }
    if (stretch.messages().isPresent()) {
      StoredChunk chunk = stretch.messages().get();
      for (int index = 0; index < chunk.count(); index++) {
        if (isLateEnough(chunk, index)) {
          return CompletableFuture.completedFuture(offsetOf(chunk, index));
        }
      }
    }
    if (stretch.next() <= from || stretch.next() >= stretch.end()) {
      return CompletableFuture.completedFuture(stretch.next());
    }
    return pullFrom(stretch.next());
  }

  private CompletableFuture<Long> pullFrom(long offset) {
    return puller.pull(queue, offset, STEP, false).thenCompose(pulled -> forward(offset, pulled));
  }

  private static Optional<StoredChunk> messages(Pulled pulled) {
    return pulled instanceof Pulled.Stretch stretch ? stretch.messages() : Optional.empty();
  }

  private boolean isLateEnough(StoredChunk chunk, int index) {
    return !cursorAt(chunk, index).storedAt().isBefore(time);
  }

  private static long offsetOf(StoredChunk chunk, int index) {
    return cursorAt(chunk, index).position().offset();
  }

  private static RecordCursor cursorAt(StoredChunk chunk, int index) {
    RecordCursor cursor = StoredMessages.of(List.of(chunk)).cursor();
    for (int i = 0; i <= index; i++) {
      cursor.advance();
    }
    return cursor;
  }
}
