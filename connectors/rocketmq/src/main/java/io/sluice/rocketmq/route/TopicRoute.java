package io.sluice.rocketmq.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param masters address of each broker's master, {@code host:port}, or of a proxy that passes
 *     requests on; to it each request names its broker
 */
public record TopicRoute(List<Queue> readable, List<Queue> writable, Map<String, String> masters) {
  public TopicRoute {
    readable = List.copyOf(readable);
    writable = List.copyOf(writable);
    masters = Map.copyOf(masters);
  }

  /** Address of the broker that takes requests for a queue, if it is alive. */
  public Optional<String> address(Queue queue) {
    return Optional.ofNullable(masters.get(queue.broker()));
  }

  static TopicRoute of(String topic, TopicRouteData data) {
    Map<String, String> masters = new HashMap<>();
    for (BrokerData broker : data.getBrokerDatas()) {
      String master = broker.getBrokerAddrs().get(MixAll.MASTER_ID);
      if (master != null) {
        masters.put(broker.getBrokerName(), master);
      }
    }
    List<QueueData> brokers = new ArrayList<>(data.getQueueDatas());
    brokers.sort(Comparator.comparing(QueueData::getBrokerName));
    List<Queue> readable = new ArrayList<>();
    List<Queue> writable = new ArrayList<>();
    for (QueueData broker : brokers) {
      if (PermName.isReadable(broker.getPerm())) {
        addQueues(readable, topic, broker, QueueData::getReadQueueNums);
      }
      if (PermName.isWriteable(broker.getPerm()) && masters.containsKey(broker.getBrokerName())) {
        addQueues(writable, topic, broker, QueueData::getWriteQueueNums);
      }
    }
    return new TopicRoute(readable, writable, masters);
  }

  private static void addQueues(
      List<Queue> queues, String topic, QueueData broker, ToIntFunction<QueueData> count) {
    for (int id = 0; id < count.applyAsInt(broker); id++) {
      queues.add(new Queue(topic, broker.getBrokerName(), id));
    }
  }
}
