package io.sluice.rocketmq.source;

import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.rocketmq.stored.TagExpression;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What of one queue is fetched and waits for the batch before it to be done. The next batch takes
 * all that has come, up to a limit, so that batches grow with what is waiting. For one thread.
 */
final class Backlog {
  /**
   * Size at which a batch is full: somewhat less than brokers take in one request, because over a
   * long way the target gets one such request in each round trip.
   */
  private static final long BATCH_BYTES = 3 << 20;

  private static final int BATCH_RECORDS = 8192;

  /** Size at which nothing more is fetched: a batch, and what comes while it is at the target. */
  private static final long FULL_BYTES = 2 * BATCH_BYTES;

  private final Partition partition;
  private final TagExpression tags;
  private final Deque<Piece> waiting = new ArrayDeque<>();
  private long bytes;

  Backlog(Partition partition, TagExpression tags) {
    this.partition = partition;
    this.tags = tags;
  }

  /** A part of the queue, in order; without messages where there is nothing to read. */
  record Piece(Position first, Position next, Optional<StoredChunk> messages) {}

  /** A batch, and what it holds of the in-flight limit, whatever of it passes. */
  record Taken(Batch batch, long records, long bytes) {}

  void add(Piece piece) {
    waiting.add(piece);
    bytes += bytes(piece);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  boolean isFull() {
    return bytes >= FULL_BYTES;
  }

  /** The next batch. There must be something. */
  Taken take() {
    Position first = waiting.getFirst().first();
    Position next = first;
    List<StoredChunk> chunks = new ArrayList<>();
    long taken = 0;
    int records = 0;
    while (!waiting.isEmpty()
        && next.incarnation() == first.incarnation()
        && (records == 0 || fits(waiting.getFirst(), taken, records))) {
      Piece piece = waiting.removeFirst();
      next = piece.next();
      if (piece.messages().isPresent()) {
        chunks.add(piece.messages().get());
        taken += bytes(piece);
        records += piece.messages().get().count();
      }
    }
    bytes -= taken;
    StoredMessages messages = StoredMessages.of(chunks, first.incarnation());
    Batch batch = Batch.of(partition, first, next, messages);
    return new Taken(
        tags.matchesAll() ? batch : batch.select(tags.select(messages)), records, taken);
  }

  /** Forgets everything and answers the messages. */
  List<StoredChunk> clear() {
    List<StoredChunk> messages = waiting.stream().flatMap(one -> one.messages().stream()).toList();
    waiting.clear();
    bytes = 0;
    return messages;
  }

  private static boolean fits(Piece piece, long bytes, int records) {
    return piece
        .messages()
        .map(
            chunk ->
                bytes + chunk.bytes() <= BATCH_BYTES && records + chunk.count() <= BATCH_RECORDS)
        .orElse(true);
  }

  private static long bytes(Piece piece) {
    return piece.messages().map(StoredChunk::bytes).orElse(0L);
  }
}
