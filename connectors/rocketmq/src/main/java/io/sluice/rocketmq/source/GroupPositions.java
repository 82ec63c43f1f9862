package io.sluice.rocketmq.source;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.Routes;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.GetSubscriptionGroupConfigRequestHeader;

/**
 * Commits the configured position for a group that has none, in each queue of a topic: for a source
 * that reads by gRPC, where the group's offset decides and cannot be set. Does not block.
 */
public final class GroupPositions {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final RemotingClient client;
  private final String topic;
  private final String group;
  private final GroupOffsets offsets;
  private final RocketMqSourceConfiguration configuration;

  /**
   * @param client of the instance's name servers
   * @param configuration with a group
   */
  public GroupPositions(RemotingClient client, RocketMqSourceConfiguration configuration) {
    this.client = client;
    this.configuration = configuration;
    this.topic = configuration.topic();
    this.group = configuration.groupID().orElseThrow();
    this.offsets = new GroupOffsets(client, group);
  }

  /** Fails with a {@link io.sluice.sdk.error.SluiceException}. */
  public CompletableFuture<Void> establish() {
    return Routes.find(client, topic)
        .thenCompose(
            found -> {
              TopicRoute route = found.orElseThrow(this::noTopic);
              return CompletableFuture.allOf(
                  route.readable().stream()
                      .map(queue -> establish(queue, route))
                      .toArray(CompletableFuture<?>[]::new));
            });
  }

  private RetriableException noTopic() {
    return new RetriableException(
        RocketMqError.TOPIC_MISSING, "topic " + topic + " has no queues to read", place());
  }

  private CompletableFuture<Void> establish(Queue queue, TopicRoute route) {
    String address = route.address(queue).orElseThrow(this::noTopic);
    return known(address)
        .thenCompose(created -> offsets.committed(queue, address))
        .thenCompose(
            committed ->
                committed.isPresent()
                    ? CompletableFuture.completedFuture(null)
                    : begin(queue, route)
                        .thenCompose(offset -> offsets.commit(queue, address, offset)));
  }

  private CompletableFuture<Long> begin(Queue queue, TopicRoute route) {
    QueuePuller puller = new QueuePuller(client, group, BrokerFilter.ALL, route::address);
    StartPosition position = StartPosition.of(configuration.offset(), configuration.timestamp());
    return new StartLookup(client, puller, Optional.empty(), position).offset(queue, route, false);
  }

  /** Brokers commit nothing for a group that they do not know, and learn of it by being asked. */
  private CompletableFuture<Void> known(String address) {
    GetSubscriptionGroupConfigRequestHeader header = new GetSubscriptionGroupConfigRequestHeader();
    header.setGroup(group);
    return client
        .call(address, RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, header, null, TIMEOUT)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw CallFailure.translate(failure, client, "broker " + address);
              }
              if (answer.getCode() != ResponseCode.SUCCESS) {
                throw Answers.error(answer, client, "group " + group);
              }
              return null;
            });
  }

  private Location place() {
    return new Location.Named("instance " + client.instance().name());
  }
}
