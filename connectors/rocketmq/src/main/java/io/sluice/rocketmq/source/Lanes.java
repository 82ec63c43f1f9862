package io.sluice.rocketmq.source;

import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.batch.Partition;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The partitions of a topic's queues. Lanes are given in the order of the route, to all queues,
 * whoever reads them, so that every runtime of a flow comes to the same ones; queues that appear
 * later get the next lanes. Thread-safe.
 */
final class Lanes {
  private final String instance;
  private final String ending;
  private final Map<Queue, Partition> partitions = new LinkedHashMap<>();
  private final Set<Queue> late = new HashSet<>();

  /**
   * @param reader ends the names of the partitions, so that what others copied of them is not taken
   *     for this reader's
   */
  Lanes(String instance, Optional<String> reader) {
    this.instance = instance;
    this.ending = reader.map(name -> "/" + name).orElse("");
  }

  /**
   * Gives lanes to queues that have none.
   *
   * @return the queues that appeared since the first call
   */
  synchronized Set<Queue> add(TopicRoute route) {
    boolean first = partitions.isEmpty();
    Set<Queue> appeared = new HashSet<>();
    for (Queue queue : route.readable()) {
      if (!partitions.containsKey(queue)) {
        String name = instance + "/" + queue.name() + ending;
        partitions.put(queue, new Partition(name, partitions.size()));
        if (!first) {
          appeared.add(queue);
        }
      }
    }
    late.addAll(appeared);
    return appeared;
  }

  /** The partition of a queue that has been added. */
  synchronized Partition of(Queue queue) {
    Partition partition = partitions.get(queue);
    if (partition == null) {
      throw new IllegalArgumentException("no lane was given to " + queue);
    }
    return partition;
  }

  /** Whether a queue came after the flow began. */
  synchronized boolean isLate(Queue queue) {
    return late.contains(queue);
  }
}
