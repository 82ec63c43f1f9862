package io.sluice.rocketmq.source;

import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.stored.KnownMessage;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.source.Landmark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What of one queue is fetched and waits for the batch before it to be done. The next batch takes
 * all that has come, up to a limit, so that batches grow with what is waiting. For one thread.
 */
final class Backlog {
  private static final int BATCH_RECORDS = 8192;

  /**
   * What a record may take more at the target than at the source: the stamp, a longer topic. With
   * it a full batch becomes one request, and not another small one.
   */
  private static final int ALLOWANCE = 100;

  private final Partition partition;
  private final BrokerFilter filter;
  private final UnaryOperator<String> topicNames;
  private final BatchSize size = new BatchSize();
  private final Deque<Piece> waiting = new ArrayDeque<>();
  private long bytes;

  /**
   * @param topicNames what records call the topic that is stored with them
   */
  Backlog(Partition partition, BrokerFilter filter, UnaryOperator<String> topicNames) {
    this.partition = partition;
    this.filter = filter;
    this.topicNames = topicNames;
  }

  /** A part of the queue, in order; without messages where there is nothing to read. */
  record Piece(Position first, Position next, Optional<StoredChunk> messages) {}

  /**
   * A batch, and what it holds of the in-flight limit, whatever of it passes.
   *
   * @param landmark its last message, if the queue is the same behind it
   * @param full whether it left something behind that would have made it larger
   */
  record Taken(Batch batch, Optional<Landmark> landmark, long records, long bytes, boolean full) {}

  void add(Piece piece) {
    waiting.add(piece);
    bytes += bytes(piece);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether there is a batch, and what may come while it is at the target. */
  boolean isFull() {
    return bytes >= 2 * size.bytes();
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
    StoredMessages messages = StoredMessages.of(chunks, first.incarnation(), topicNames);
    Batch batch = Batch.of(partition, first, next, messages);
    Optional<Landmark> landmark =
        chunks.isEmpty() || next.incarnation() != first.incarnation()
            ? Optional.empty()
            : Optional.of(KnownMessage.last(chunks.get(chunks.size() - 1)).landmark());
    return new Taken(
        filter.matchesAll() ? batch : batch.select(filter.select(messages)),
        landmark,
        records,
        taken,
        !waiting.isEmpty());
  }

  /** What was taken is done, after so long. */
  void done(Taken batch, long nanos) {
    if (batch.full()) {
      size.done(nanos);
    }
  }

  /** Forgets everything and answers the messages. */
  List<StoredChunk> clear() {
    List<StoredChunk> messages = waiting.stream().flatMap(one -> one.messages().stream()).toList();
    waiting.clear();
    bytes = 0;
    return messages;
  }

  private boolean fits(Piece piece, long bytes, int records) {
    return piece
        .messages()
        .map(
            chunk ->
                bytes + chunk.bytes() + (long) ALLOWANCE * (records + chunk.count()) <= size.bytes()
                    && records + chunk.count() <= BATCH_RECORDS)
        .orElse(true);
  }

  private static long bytes(Piece piece) {
    return piece.messages().map(StoredChunk::bytes).orElse(0L);
  }
}
