package io.sluice.rocketmq.source;

import io.sluice.rocketmq.stored.StoredChunk;

/**
 * Notices that a queue is another one than before: its topic was deleted and made anew, or its
 * broker came back without its data, and offsets count from 0 again. After every interruption the
 * last message that was read must still be what it was. For one thread.
 */
final class Continuity {
  private static final long NOTHING_READ = -1;

  private long lastOffset = NOTHING_READ;
  private long lastStoredMillis;
  private boolean doubtful;

  /** Messages of the queue were read, behind all earlier ones. */
  void read(StoredChunk messages) {
    lastOffset = messages.lastOffset();
    lastStoredMillis = messages.lastStoredMillis();
  }

  /** Reading was interrupted: the next thing to read is the last message again. */
  void interrupted() {
    doubtful = true;
  }

  boolean isDoubtful() {
    return doubtful && lastOffset != NOTHING_READ;
  }

  /** Offset of the last message that was read. */
  long lastOffset() {
    return lastOffset;
  }

  /** The queue is the same, or nothing is left by which that could be told. */
  void confirmed() {
    doubtful = false;
  }

  /** Another queue begins. */
  void begun() {
    lastOffset = NOTHING_READ;
    doubtful = false;
  }

  /** Whether what lies at the last message's offset is that message. */
  boolean isConfirmedBy(StoredChunk message) {
    return message.firstOffset() == lastOffset && message.firstStoredMillis() == lastStoredMillis;
  }
}
