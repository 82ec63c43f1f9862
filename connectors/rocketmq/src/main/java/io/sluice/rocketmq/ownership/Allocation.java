package io.sluice.rocketmq.ownership;

import io.sluice.rocketmq.route.Queue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * Shares queues out among the members of a group: each takes a run of neighbours, and the first
 * ones take one more where it does not come out even, as RocketMQ's {@code
 * AllocateMessageQueueAveragely} does. All members that see the same queues and members come to the
 * same result, without a word between them.
 */
final class Allocation {
  private Allocation() {}

  /**
   * @param queues all of them, in an order that is the same for everyone
   * @param members names of all members
   * @param self the member that asks, one of them
   */
  static Set<Queue> of(List<Queue> queues, SortedSet<String> members, String self) {
    int place = members.headSet(self).size();
    int share = queues.size() / members.size();
    int larger = queues.size() % members.size();
    int from = place * share + Math.min(place, larger);
    int to = from + share + (place < larger ? 1 : 0);
    return new HashSet<>(queues.subList(from, to));
  }
}
