package io.sluice.rocketmq.source;

import io.sluice.rocketmq.stored.KnownMessage;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.sdk.source.Landmark;
import java.util.Optional;

/**
 * Notices that a queue is another one than before: its topic was deleted and made anew, or its
 * broker came back without its data, and offsets count from 0 again. After every interruption, a
 * restart too, the last message that was read must still be what it was. For one thread.
 */
final class Continuity {
  private Optional<KnownMessage> last;
  private boolean doubtful;

  /**
   * @param before of a message that an earlier run has read; it is looked at before anything is
   */
  Continuity(Optional<Landmark> before) {
    this.last = before.flatMap(KnownMessage::of);
    this.doubtful = last.isPresent();
  }

  /** Messages of the queue were read, behind all earlier ones. */
  void read(StoredChunk messages) {
    last = Optional.of(KnownMessage.last(messages));
  }

  /** Reading was interrupted: the next thing to read is the last message again. */
  void interrupted() {
    doubtful = true;
  }

  boolean isDoubtful() {
    return doubtful && last.isPresent();
  }

  /** Offset of the last message that was read. There must have been one. */
  long lastOffset() {
    return last.orElseThrow().offset();
  }

  /** The queue is the same, or nothing is left by which that could be told. */
  void confirmed() {
    doubtful = false;
  }

  /** Another queue begins. */
  void begun() {
    last = Optional.empty();
    doubtful = false;
  }

  /** Whether what lies at the last message's offset is that message. */
  boolean isConfirmedBy(StoredChunk message) {
    return last.orElseThrow().isFirstOf(message);
  }
}
