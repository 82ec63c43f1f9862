package io.sluice.rocketmq.pull;

import io.sluice.rocketmq.stored.StoredChunk;
import java.util.Optional;

/** What a broker answered to a pull. */
public sealed interface Pulled {

  /**
   * A stretch of the queue, from the asked offset to {@code next}.
   *
   * @param messages what the filter let through; empty when that is nothing
   * @param next the offset behind the stretch; the asked offset itself when there is nothing behind
   *     it yet
   * @param first offset of the first message that is still stored
   * @param end offset behind the last message of the queue
   */
  record Stretch(Optional<StoredChunk> messages, long next, long first, long end)
      implements Pulled {

    /** Number of messages. */
    public int count() {
      return messages.map(StoredChunk::count).orElse(0);
    }

    /** Memory held by them, in bytes. */
    public long bytes() {
      return messages.map(StoredChunk::bytes).orElse(0L);
    }
  }

  /**
   * The asked offset lies outside of what the queue holds.
   *
   * @param first offset of the first message that is still stored
   * @param end offset behind the last one
   */
  record Outside(long first, long end) implements Pulled {}
}
