package io.sluice.rocketmq.ownership;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.filter.FilterAPI;
import org.apache.rocketmq.remoting.protocol.header.GetConsumerListByGroupRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetConsumerListByGroupResponseBody;
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

  /**
   * @param clientId names the member; the same again after a restart
   */
  GroupMembership(
      RemotingClient client, String clientId, String group, String topic, BrokerFilter filter) {
    this.client = client;
    this.group = group;
    this.clientId = clientId;
    this.heartbeat = heartbeat(topic, filter);
  }

  /**
   * Tells brokers that the flow is there.
   *
   * @return completes when all have answered or cannot; does not fail
   */
  CompletableFuture<Void> announce(Collection<String> brokers) {
    return all(
        brokers,
        broker ->
            call(broker, RequestCode.HEART_BEAT, new HeartbeatRequestHeader(), heartbeat.encode()));
  }

  /**
   * All members of the group that any of the brokers knows, this one among them.
   *
   * @return fails with a {@link RetriableException} if no broker answers
   */
  CompletableFuture<SortedSet<String>> members(Collection<String> brokers) {
    GetConsumerListByGroupRequestHeader header = new GetConsumerListByGroupRequestHeader();
    header.setConsumerGroup(group);
    SortedSet<String> members = new ConcurrentSkipListSet<>(Set.of(clientId));
    AtomicBoolean answered = new AtomicBoolean();
    return all(
            brokers,
            broker ->
                client
                    .call(broker, RequestCode.GET_CONSUMER_LIST_BY_GROUP, header, null, TIMEOUT)
                    .handle(
                        (answer, failure) -> {
                          if (failure == null) {
                            answered.set(true);
                            members.addAll(read(answer));
                          }
                          return null;
                        }))
        .thenApply(
            done -> {
              if (!answered.get()) {
                throw new RetriableException(
                    RocketMqError.UNREACHABLE,
                    "no broker tells who belongs to group " + group,
                    new Location.Named("instance " + client));
              }
              return members;
            });
  }

  /** A broker that knows no member answers with an error. */
  private static List<String> read(RemotingCommand answer) {
    if (answer.getCode() != ResponseCode.SUCCESS || answer.getBody() == null) {
      return List.of();
    }
    List<String> members =
        GetConsumerListByGroupResponseBody.decode(
                answer.getBody(), GetConsumerListByGroupResponseBody.class)
            .getConsumerIdList();
    return members == null ? List.of() : members;
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
    return all(brokers, broker -> call(broker, RequestCode.UNREGISTER_CLIENT, header, null));
  }

  private static CompletableFuture<Void> all(
      Collection<String> brokers, Function<String, CompletableFuture<Void>> call) {
    return CompletableFuture.allOf(
        Set.copyOf(brokers).stream().map(call).toArray(CompletableFuture<?>[]::new));
  }

  /** Those who wait for something will hear of any trouble. */
  private CompletableFuture<Void> call(
      String broker, int code, CommandCustomHeader header, byte @Nullable [] body) {
    return client.call(broker, code, header, body, TIMEOUT).handle((answer, ignored) -> null);
  }

  private HeartbeatData heartbeat(String topic, BrokerFilter filter) {
    ConsumerData consumer = new ConsumerData();
    consumer.setGroupName(client.names().wire(group));
    consumer.setConsumeType(ConsumeType.CONSUME_ACTIVELY);
    consumer.setMessageModel(MessageModel.CLUSTERING);
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET);
    consumer.setSubscriptionDataSet(Set.of(subscription(client.names().wire(topic), filter)));
    HeartbeatData data = new HeartbeatData();
    data.setClientID(clientId);
    data.setConsumerDataSet(Set.of(consumer));
    return data;
  }

  private static SubscriptionData subscription(String topic, BrokerFilter filter) {
    try {
      return FilterAPI.build(topic, filter.text(), filter.type());
    } catch (Exception unparsable) {
      throw new IllegalArgumentException("not a filter: " + filter, unparsable);
    }
  }
}
