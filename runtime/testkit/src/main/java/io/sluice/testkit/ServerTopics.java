package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import io.sluice.testkit.RocketmqClient.Route;
import java.util.Collection;
import java.util.List;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.body.TopicConfigSerializeWrapper;

/** The topics of servers that the test kit has started. Blocks until what it says is so. */
final class ServerTopics {
  private static final String TYPE = "message.type";

  private final RocketmqClient client;

  ServerTopics(RocketmqClient client) {
    this.client = client;
  }

  /**
   * Creates a topic on some brokers, or changes the number of its queues.
   *
   * @param queues on each of them
   * @param attributes as 5.x writes them, such as {@code +message.type=FIFO}; empty for none
   */
  void create(String topic, int queues, String attributes, List<ReleasedBroker> masters) {
    demand(topic, queues, attributes, masters);
    await(topic, queues, masters);
  }

  /** Creates many topics, in less time than one after the other. */
  void create(Collection<String> topics, int queues, List<ReleasedBroker> masters) {
    topics.forEach(topic -> demand(topic, queues, "", masters));
    topics.forEach(topic -> await(topic, queues, masters));
  }

  private void demand(String topic, int queues, String attributes, List<ReleasedBroker> masters) {
    try {
      for (ReleasedBroker master : masters) {
        client.createTopic(master.address(), topic, queues, attributes);
      }
    } catch (CallFailed failure) {
      throw new IllegalStateException("Topic %s is not created".formatted(topic), failure);
    }
  }

  private void await(String topic, int queues, List<ReleasedBroker> masters) {
    List<String> names = masters.stream().map(ReleasedBroker::name).toList();
    ServerWait.until(
        "topic %s has %d queues".formatted(topic, queues),
        () ->
            client.routes(topic).stream()
                .filter(route -> route.queues() == queues)
                .map(Route::broker)
                .toList()
                .containsAll(names),
        masters.stream().map(ReleasedBroker::process).toArray(ServerProcess[]::new));
  }

  /** What a broker has set of a topic. */
  TopicSettings settings(String topic, ReleasedBroker master) {
    try {
      byte[] all =
          client.call(master.address(), RequestCode.GET_ALL_TOPIC_CONFIG, null, null).getBody();
      TopicConfig config =
          TopicConfigSerializeWrapper.decode(all, TopicConfigSerializeWrapper.class)
              .getTopicConfigTable()
              .get(topic);
      return new TopicSettings(
          config.getReadQueueNums(),
          config.getWriteQueueNums(),
          config.getPerm(),
          config.isOrder(),
          config.getAttributes().getOrDefault(TYPE, ""));
    } catch (CallFailed failure) {
      throw new IllegalStateException("Topic %s is not shown".formatted(topic), failure);
    }
  }

  /** Sets what a broker has of a topic, as administrators do; the name server tells of it then. */
  void set(String topic, TopicSettings settings, ReleasedBroker master) {
    String attributes = settings.type().isEmpty() ? "" : "+" + TYPE + "=" + settings.type();
    try {
      client.setTopic(master.address(), topic, settings, attributes);
    } catch (CallFailed failure) {
      throw new IllegalStateException("Topic %s is not set".formatted(topic), failure);
    }
    ServerWait.until(
        "topic %s has permission %d".formatted(topic, settings.permission()),
        () ->
            client.routes(topic).stream()
                .anyMatch(
                    route ->
                        route.broker().equals(master.name())
                            && route.permission() == settings.permission()),
        master.process());
  }

  /** Deletes a topic with its messages from a broker, and its route. */
  void delete(String topic, ReleasedBroker master) {
    try {
      client.deleteTopic(master.address(), topic);
    } catch (CallFailed failure) {
      throw new IllegalStateException("Topic %s is not deleted".formatted(topic), failure);
    }
  }

  /** How many messages the queues of a topic hold together; one call to each of its masters. */
  long messages(String topic) {
    try {
      long messages = 0;
      for (Route route : client.routes(topic)) {
        messages += client.messages(route.address(), topic);
      }
      return messages;
    } catch (CallFailed failure) {
      throw new IllegalStateException("Topic %s cannot be counted".formatted(topic), failure);
    }
  }
}
