package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.RemotingClient;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.filter.FilterAPI;
import org.apache.rocketmq.remoting.protocol.header.HeartbeatRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.UnregisterClientRequestHeader;
import org.apache.rocketmq.remoting.protocol.heartbeat.ConsumeType;
import org.apache.rocketmq.remoting.protocol.heartbeat.ConsumerData;
import org.apache.rocketmq.remoting.protocol.heartbeat.HeartbeatData;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a flow registered as a member of its consumer group, so that {@code mqadmin
 * consumerProgress} and consoles show it, its subscription and its lag. Brokers forget a member
 * that is silent for two minutes.
 */
final class GroupMembership {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final RemotingClient client;
  private final String group;
  private final String clientId;
  private final HeartbeatData heartbeat;

  GroupMembership(RemotingClient client, String flow, String group, String topic, String tags) {
    this.client = client;
    this.group = group;
    this.clientId = "sluice@" + flow + "@" + UUID.randomUUID();
    this.heartbeat = heartbeat(topic, tags);
  }

  /** Tells brokers that the flow is there. Answers do not matter. */
  void announce(Collection<String> brokers) {
    for (String broker : Set.copyOf(brokers)) {
      call(broker, RequestCode.HEART_BEAT, new HeartbeatRequestHeader(), heartbeat.encode());
    }
  }

  /**
   * Tells brokers that the flow has gone.
   *
   * @return completes when all have answered or cannot; does not fail
   */
  CompletableFuture<Void> leave(Collection<String> brokers) {
    UnregisterClientRequestHeader header = new UnregisterClientRequestHeader();
    header.setClientID(clientId);
    header.setConsumerGroup(group);
    return CompletableFuture.allOf(
        Set.copyOf(brokers).stream()
            .map(broker -> call(broker, RequestCode.UNREGISTER_CLIENT, header, null))
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Those who wait for something will hear of any trouble. */
  private CompletableFuture<Void> call(
      String broker, int code, CommandCustomHeader header, byte @Nullable [] body) {
    return client.call(broker, code, header, body, TIMEOUT).handle((answer, ignored) -> null);
  }

  private HeartbeatData heartbeat(String topic, String tags) {
    ConsumerData consumer = new ConsumerData();
    consumer.setGroupName(group);
    consumer.setConsumeType(ConsumeType.CONSUME_ACTIVELY);
    consumer.setMessageModel(MessageModel.CLUSTERING);
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET);
    consumer.setSubscriptionDataSet(Set.of(subscription(topic, tags)));
    HeartbeatData data = new HeartbeatData();
    data.setClientID(clientId);
    data.setConsumerDataSet(Set.of(consumer));
    return data;
  }

  private static SubscriptionData subscription(String topic, String tags) {
    try {
      return FilterAPI.buildSubscriptionData(topic, tags);
    } catch (Exception unparsable) {
      throw new IllegalArgumentException("not a tag expression: " + tags, unparsable);
    }
  }
}
