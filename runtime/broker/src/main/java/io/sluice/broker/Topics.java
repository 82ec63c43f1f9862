package io.sluice.broker;

import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.common.TopicAttributes;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.constant.PermName;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** The topics of one broker. */
final class Topics {
  private static final long REQUEST_MILLIS = 3_000;
  private static final long POLL_MILLIS = 20;

  private final BrokerController broker;

  Topics(BrokerController broker) {
    this.broker = broker;
  }

  /**
   * Creates a topic, or widens it to at least as many queues; queues are never taken away. The name
   * server does not know yet.
   */
  TopicConfig put(BrokerSettings.Topic topic) {
    check(topic);
    TopicConfig config =
        new TopicConfig(
            topic.name(), topic.queues(), topic.queues(), PermName.PERM_READ | PermName.PERM_WRITE);
    TopicConfig existing = broker.getTopicConfigManager().selectTopicConfig(topic.name());
    if (existing != null) {
      checkType(topic, existing);
      config.setReadQueueNums(Math.max(topic.queues(), existing.getReadQueueNums()));
      config.setWriteQueueNums(Math.max(topic.queues(), existing.getWriteQueueNums()));
      config.setPerm(existing.getPerm());
      config.setOrder(existing.isOrder());
    }
    config.setAttributes(
        new HashMap<>(
            Map.of(
                "+" + TopicAttributes.TOPIC_MESSAGE_TYPE_ATTRIBUTE.getName(),
                topic.type().name())));
    broker.getTopicConfigManager().updateTopicConfig(config);
    return config;
  }

  /** Tells the name server of a topic. */
  void register(TopicConfig topic) {
    broker.registerIncrementBrokerData(topic, broker.getTopicConfigManager().getDataVersion());
  }

  private void check(BrokerSettings.Topic topic) {
    TopicValidator.ValidateResult name = TopicValidator.validateTopic(topic.name());
    if (!name.isValid()) {
      throw refused(topic, name.getRemark());
    }
    if (TopicValidator.isSystemTopic(topic.name())) {
      throw refused(topic, "RocketMQ uses the name itself");
    }
    if (topic.queues() < 1) {
      throw refused(topic, "it has " + topic.queues() + " queues");
    }
  }

  private SluiceException refused(BrokerSettings.Topic topic, String reason) {
    return new SluiceException(
        BrokerError.TOPIC_REFUSED,
        "Topic '%s' is refused: %s".formatted(topic.name(), reason),
        at());
  }

  private void checkType(BrokerSettings.Topic topic, TopicConfig existing) {
    String type = existing.getTopicMessageType().getValue();
    if (!type.equals(topic.type().name())) {
      throw new SluiceException(
          BrokerError.TOPIC_TYPE_DIFFERS,
          "Topic %s has type %s, not %s".formatted(topic.name(), type, topic.type()),
          at());
    }
  }

  private Location at() {
    return new Location.Named("broker " + broker.getBrokerConfig().getBrokerClusterName());
  }

  /**
   * Waits until the name server, asked over its port, answers with the routes of all topics.
   * Registers again meanwhile: RocketMQ's first attempt usually comes before it has found the name
   * server, and its second ten seconds later.
   */
  void awaitRoutes(Collection<String> topics, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (String topic : topics) {
      while (!hasRoute(topic)) {
        broker.registerBrokerAll(true, false, true);
        if (System.nanoTime() > deadline) {
          throw new SluiceException(
              BrokerError.NOT_READY,
              "The name server has no route of topic %s after %d ms".formatted(topic, millis),
              at());
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  private boolean hasRoute(String topic) throws InterruptedException {
    try {
      TopicConfig config = broker.getTopicConfigManager().selectTopicConfig(topic);
      return broker
          .getBrokerOuterAPI()
          .getTopicRouteInfoFromNameServer(topic, REQUEST_MILLIS)
          .getQueueDatas()
          .stream()
          .anyMatch(queues -> queues.getReadQueueNums() >= config.getReadQueueNums());
    } catch (MQBrokerException | RemotingException notYet) {
      return false;
    }
  }
}
