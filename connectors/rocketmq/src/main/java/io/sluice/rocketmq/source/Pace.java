package io.sluice.rocketmq.source;

import io.sluice.rocketmq.pull.QueuePuller;

/**
 * How much to ask for in one pull, learned from what pulls bring. Brokers stop at 32 messages or
 * 256 KB, and much earlier when they read from disk; who asks for more than comes has to ask for
 * the rest once more. For one thread.
 */
final class Pace {
  /** Size of a message before the first one has been seen. */
  private static final long FIRST_GUESS_BYTES = 1024;

  /** Brokers stop an answer at this size, unless it is a single message. */
  private static final long ANSWER_BYTES = 256 << 10;

  private static final int FULL_ANSWERS_BEFORE_WIDENING = 16;

  private long messageBytes = FIRST_GUESS_BYTES;
  private int stride = QueuePuller.MAX_MESSAGES;
  private int fullAnswers;

  /** Messages that the next answer will probably hold, where there are enough. */
  int messages() {
    return stride;
  }

  /** Bytes that so many messages of one answer will probably take. */
  long bytes(int messages) {
    return Math.min(messages * messageBytes, Math.max(ANSWER_BYTES, messageBytes));
  }

  /** An answer came. The guess grows at once and shrinks slowly: too low a one passes limits. */
  void seen(long messages, long bytes) {
    if (messages > 0) {
      long size = bytes / messages;
      messageBytes = Math.max(1, Math.max(size, (3 * messageBytes + size) / 4));
    }
  }

  /** The broker stopped before the end of what was asked. */
  void cutShort(long messages) {
    fullAnswers = 0;
    stride = (int) Math.max(1, Math.min(stride, messages));
  }

  /** The broker gave all that was asked, or more: a batch that is stored as one message. */
  void complete(int asked, int messages, long offsets) {
    if (messages > asked) {
      stride = messages; // Each smaller step would bring all of it again.
    } else if (offsets == stride && ++fullAnswers >= FULL_ANSWERS_BEFORE_WIDENING) {
      fullAnswers = 0;
      stride = Math.max(stride, Math.min(QueuePuller.MAX_MESSAGES, stride * 2));
    }
  }
}
