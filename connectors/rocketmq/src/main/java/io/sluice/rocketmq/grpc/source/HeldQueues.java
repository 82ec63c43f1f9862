package io.sluice.rocketmq.grpc.source;

import java.util.HashMap;
import java.util.Map;

/**
 * The queues of a broker of which messages are here. For a group that consumes in order a broker
 * gives nothing more of such a queue until all of them are acknowledged, and then wakes calls that
 * wait for messages of any queue only at the next tick, of 100 ms. So there may be as many calls as
 * there are other queues, and another one when a queue is let go, which finds at once what is left
 * in it. For one thread.
 */
final class HeldQueues {
  private final Map<Integer, Integer> messages = new HashMap<>();

  /** A message of a queue has come. */
  void take(int queue) {
    messages.merge(queue, 1, Integer::sum);
  }

  /** One is acknowledged, or may come again. */
  void letGo(int queue) {
    messages.computeIfPresent(queue, (held, count) -> count == 1 ? null : count - 1);
  }

  /** How many queues messages are here of. */
  int count() {
    return messages.size();
  }
}
