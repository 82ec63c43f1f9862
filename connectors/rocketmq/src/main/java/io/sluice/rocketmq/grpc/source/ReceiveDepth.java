package io.sluice.rocketmq.grpc.source;

import io.sluice.rocketmq.client.AnswerTimes;

/**
 * How many calls for messages of one broker are under way, and how many messages each asks for: few
 * calls while there is little to get, more as long as calls come back full, so that the way to a
 * distant proxy is filled. More than there are queues would get into each other's way: a broker
 * lets one call at a time into a queue.
 *
 * <p>A call asks for few messages at first, and for fewer while answers take long to cross ({@link
 * AnswerTimes}); at last there are fewer calls. A message is hidden from others only for a while
 * from when it was given out, which must not pass before it is here and done.
 *
 * <p>For one thread.
 */
final class ReceiveDepth {
  /** Messages of the first calls. */
  private static final int FIRST = 4;

  private static final int FEWEST = 4;
  private static final int MOST = 16;

  /** So many calls are no limit any more. */
  private static final int UNLIMITED = 1 << 10;

  private final AnswerTimes times;
  private int calls = FEWEST;
  private int messages = FIRST;
  private int limit = UNLIMITED;

  /** Calls that were made before do not tell what the last change has done. */
  private long changedAt;

  /**
   * @param times when answers are late
   * @param nanoTime now
   */
  ReceiveDepth(AnswerTimes times, long nanoTime) {
    this.times = times;
    this.changedAt = nanoTime;
  }

  /** Calls for a group without order; at least one. */
  int calls(int queues) {
    calls = Math.min(calls, Math.max(FEWEST, queues));
    return Math.min(limit, calls);
  }

  /**
   * Calls for a group that consumes in order.
   *
   * @param free queues of which no message is here, see {@link HeldQueues}
   */
  int callsInOrder(int free) {
    return Math.min(limit, free);
  }

  /** So many messages the next call asks for. */
  int messages() {
    return messages;
  }

  /**
   * A call came back.
   *
   * @param asked messages that it had asked for
   * @param got messages that it has brought
   * @param askedAt when it was made
   * @param crossed nanoseconds from the beginning of the answer to its end
   * @param others calls that are under way besides
   * @param nanoTime now
   */
  void answered(int asked, int got, long askedAt, long crossed, int others, long nanoTime) {
    if (got >= asked) {
      calls = Math.min(MOST, calls + 1);
    } else if (got == 0) {
      calls = Math.max(FEWEST, calls / 2);
    }
    if (askedAt - changedAt < 0) {
      return;
    }
    if (times.late(crossed)) {
      shrink(others, nanoTime);
    } else if (times.inTime(crossed) && got > asked / 4) {
      recover(nanoTime);
    }
  }

  /** A call failed, perhaps because nothing of its answer was there in time. */
  void failed(long askedAt, int others, long nanoTime) {
    if (askedAt - changedAt >= 0) {
      shrink(others, nanoTime);
    }
  }

  private void shrink(int others, long nanoTime) {
    changedAt = nanoTime;
    if (messages > 1) {
      messages /= 2;
    } else {
      limit = Math.max(1, Math.min(limit, others + 1) / 2);
    }
  }

  private void recover(long nanoTime) {
    changedAt = nanoTime;
    if (limit < UNLIMITED) {
      limit *= 2;
    } else {
      messages = Math.min(ConsumerCalls.MOST, 2 * messages);
    }
  }
}
