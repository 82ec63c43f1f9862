package io.sluice.rocketmq.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.constant.PermName;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;
import org.apache.rocketmq.remoting.protocol.route.QueueData;
import org.apache.rocketmq.remoting.protocol.route.TopicRouteData;

/**
 * Where the queues of a topic are, as a name server saw it. Queues are sorted by broker name and
 * number. Immutable.
 *
 * @param readable queues that can be read
 * @param writable queues that can be written, those of brokers with a master
 * @param readOnly queues that must not be written: the right to do so was taken from the topic, or
 *     from all topics of the broker
 * @param masters address of each broker's master, {@code host:port}, or of a proxy that passes
 *     requests on; to it each request names its broker
 * @param slaves address of a slave of each broker that has one, that with the lowest number, which
 *     is the same for everybody
 */
public record TopicRoute(
    List<Queue> readable,
    List<Queue> writable,
    Set<Queue> readOnly,
    Map<String, String> masters,
    Map<String, String> slaves) {
  /** That of a topic of which nothing is known. */
  public static final TopicRoute UNKNOWN =
      new TopicRoute(List.of(), List.of(), Set.of(), Map.of(), Map.of());

  public TopicRoute {
    readable = List.copyOf(readable);
    writable = List.copyOf(writable);
    readOnly = Set.copyOf(readOnly);
    masters = Map.copyOf(masters);
    slaves = Map.copyOf(slaves);
  }

  /** Address of the broker that takes requests for a queue, if it is alive. */
  public Optional<String> address(Queue queue) {
    return Optional.ofNullable(masters.get(queue.broker()));
  }

  /** Who shows what a queue holds: its master, or as long as there is none a slave. */
  public Optional<Replica> replica(Queue queue) {
    return address(queue)
        .map(Replica::master)
        .or(() -> Optional.ofNullable(slaves.get(queue.broker())).map(Replica::slave));
  }

  /** The brokers that have a slave and no master, with its address. */
  public Map<String, String> orphans() {
    Map<String, String> orphans = new HashMap<>(slaves);
    orphans.keySet().removeAll(masters.keySet());
    return orphans;
  }

  /** Whether the topic must not be written at all. */
  public boolean isReadOnly() {
    return writable.isEmpty() && !readOnly.isEmpty();
  }

  /** Whether a broker has queues of the topic now; one that has gone with its slaves has none. */
  public boolean has(String broker) {
    return readable.stream().anyMatch(queue -> queue.broker().equals(broker));
  }

  static TopicRoute of(String topic, TopicRouteData data) {
    Map<String, String> masters = new HashMap<>();
    Map<String, String> slaves = new HashMap<>();
    for (BrokerData broker : data.getBrokerDatas()) {
      Map<Long, String> addresses = new HashMap<>(broker.getBrokerAddrs());
      String master = addresses.remove(MixAll.MASTER_ID);
      if (master != null) {
        masters.put(broker.getBrokerName(), master);
      }
      if (!addresses.isEmpty()) {
        slaves.put(broker.getBrokerName(), addresses.get(Collections.min(addresses.keySet())));
      }
    }
    List<QueueData> brokers = new ArrayList<>(data.getQueueDatas());
    brokers.sort(Comparator.comparing(QueueData::getBrokerName));
    List<Queue> readable = new ArrayList<>();
    List<Queue> writable = new ArrayList<>();
    Set<Queue> readOnly = new HashSet<>();
    for (QueueData broker : brokers) {
      if (PermName.isReadable(broker.getPerm())) {
        addQueues(readable, topic, broker, QueueData::getReadQueueNums);
      }
      if (!PermName.isWriteable(broker.getPerm())) {
        addQueues(readOnly, topic, broker, QueueData::getWriteQueueNums);
      } else if (masters.containsKey(broker.getBrokerName())) {
        addQueues(writable, topic, broker, QueueData::getWriteQueueNums);
      }
    }
    return new TopicRoute(readable, writable, readOnly, masters, slaves);
  }

  private static void addQueues(
      Collection<Queue> queues, String topic, QueueData broker, ToIntFunction<QueueData> count) {
    for (int id = 0; id < count.applyAsInt(broker); id++) {
      queues.add(new Queue(topic, broker.getBrokerName(), id));
    }
  }
}
