package io.sluice.rocketmq.grpc.source;

/**
 * How many calls for messages are under way at a time: few while there is little to get, more as
 * long as calls come back full, so that the way to a distant proxy is filled. More than there are
 * queues would get into each other's way: a broker lets one call at a time into a queue. For one
 * thread.
 *
 * <p>Not for groups that consume in order; see {@link HeldQueues}.
 */
final class Parallel {
  private static final int FEWEST = 4;
  private static final int MOST = 16;

  private int calls = FEWEST;

  /**
   * @param queues that calls may get messages from
   */
  int calls(int queues) {
    calls = Math.min(calls, Math.max(FEWEST, queues));
    return calls;
  }

  /** A call came back with so many messages. */
  void got(int messages) {
    if (messages == ConsumerCalls.MOST) {
      calls = Math.min(MOST, calls + 1);
    } else if (messages == 0) {
      calls = Math.max(FEWEST, calls / 2);
    }
  }
}
