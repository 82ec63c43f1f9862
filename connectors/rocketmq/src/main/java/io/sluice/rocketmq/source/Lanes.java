package io.sluice.rocketmq.source;

import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.batch.Partition;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The partitions of a topic's queues. Lanes are given in the order of the route, to all queues,
 * whoever reads them, so that every runtime of a flow comes to the same ones; queues that appear
 * later get the next lanes. Until the flow has begun each route counts as the first one: what a
 * name server told before may have been out of date. Thread-safe.
 */
final class Lanes {
  private final String instance;
  private final String ending;
  private final Map<Queue, Partition> partitions = new LinkedHashMap<>();
  private final Set<Queue> late = new HashSet<>();
  private boolean begun;

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
   * @return the queues that appeared since the flow began
   */
  synchronized Set<Queue> add(TopicRoute route) {
    Set<Queue> queues = new LinkedHashSet<>(route.readable());
    if (!begun) {
      queues.addAll(partitions.keySet()); // somebody may be about to take them
      partitions.clear();
    }
    Set<Queue> appeared = new HashSet<>();
    for (Queue queue : queues) {
      if (!partitions.containsKey(queue)) {
        String name = instance + "/" + queue.name() + ending;
        partitions.put(queue, new Partition(name, partitions.size()));
        appeared.add(queue);
      }
    }
    if (!begun) {
      return Set.of();
    }
    late.addAll(appeared);
    return appeared;
  }

  /** The flow has begun: the lanes that were given stay. */
  synchronized void begin() {
    begun = true;
  }

  /** The partition of a queue that has been added; by that, the flow has begun. */
  synchronized Partition of(Queue queue) {
    begun = true;
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
