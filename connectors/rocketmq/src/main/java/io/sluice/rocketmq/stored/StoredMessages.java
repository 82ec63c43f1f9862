package io.sluice.rocketmq.stored;

import io.sluice.sdk.batch.Payload;
import java.util.List;
import java.util.function.UnaryOperator;

/** A run of chunks of one queue as a payload. Immutable. */
public final class StoredMessages implements Payload {
  private final StoredChunk[] chunks;

  /** Index of each chunk's first message, and at the end the number of all. */
  private final int[] firstIndexes;

  private final long bytes;
  private final int incarnation;
  private final UnaryOperator<String> topicNames;

  private StoredMessages(
      StoredChunk[] chunks,
      int[] firstIndexes,
      long bytes,
      int incarnation,
      UnaryOperator<String> topicNames) {
    this.chunks = chunks;
    this.incarnation = incarnation;
    this.topicNames = topicNames;
    this.firstIndexes = firstIndexes;
    this.bytes = bytes;
  }

  /** The messages of some chunks of a queue's first incarnation. */
  public static StoredMessages of(List<StoredChunk> chunks) {
    return of(chunks, 0, UnaryOperator.identity());
  }

  /**
   * The messages of some chunks; none if there is no chunk.
   *
   * @param chunks of one queue, by ascending offset, without overlap
   * @param incarnation that of the messages' positions
   * @param topicNames what a view calls the topic that is stored with a message
   */
  public static StoredMessages of(
      List<StoredChunk> chunks, int incarnation, UnaryOperator<String> topicNames) {
    StoredChunk[] run = chunks.toArray(StoredChunk[]::new);
    int[] firstIndexes = new int[run.length + 1];
    long bytes = 0;
    for (int i = 0; i < run.length; i++) {
      if (i > 0 && run[i].firstOffset() <= run[i - 1].lastOffset()) {
        throw new IllegalArgumentException(run[i] + " follow " + run[i - 1]);
      }
      firstIndexes[i + 1] = Math.addExact(firstIndexes[i], run[i].count());
      bytes += run[i].bytes();
    }
    return new StoredMessages(run, firstIndexes, bytes, incarnation, topicNames);
  }

  @Override
  public int count() {
    return firstIndexes[chunks.length];
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public StoredCursor cursor() {
    return new StoredCursor(chunks, firstIndexes, incarnation, topicNames);
  }

  @Override
  public String toString() {
    return count() + " messages in " + chunks.length + " chunks";
  }
}
