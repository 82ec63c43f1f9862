package io.sluice.rocketmq.transcode;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The few buffers in which requests are put together. Encoders borrow one for each request, so that
 * a thousand queues that have been busy once keep no more memory than those that are at work at the
 * same time. Thread-safe.
 */
public final class Buffers {
  /** About as many as threads that encode at a time. */
  private static final int KEPT = 4;

  /** What a request takes, and a record that does not fit behind it. */
  private static final int LARGEST_KEPT = 8 << 20;

  static final byte[] NONE = {};

  private final Deque<byte[]> free = new ArrayDeque<>(KEPT);

  /** One of any size, the one that was used last. */
  synchronized byte[] borrow() {
    return free.isEmpty() ? NONE : free.pop();
  }

  synchronized void giveBack(byte[] buffer) {
    if (buffer.length > 0 && buffer.length <= LARGEST_KEPT && free.size() < KEPT) {
      free.push(buffer);
    }
  }

  /** Memory that waits to be borrowed. */
  synchronized long bytes() {
    return free.stream().mapToLong(buffer -> buffer.length).sum();
  }
}
