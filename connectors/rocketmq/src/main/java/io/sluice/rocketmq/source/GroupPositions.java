package io.sluice.rocketmq.source;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.Routes;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Makes a consumer group known where a topic is, and commits the configured position in each queue
 * where it has none: for a source that reads by gRPC, where the group's offset decides and cannot
 * be set. Does not block.
 */
public final class GroupPositions {
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
              Map<String, List<Queue>> queues =
                  route.readable().stream()
                      .collect(
                          Collectors.groupingBy(
                              queue -> route.address(queue).orElseThrow(this::noTopic)));
              return CompletableFuture.allOf(
                  queues.entrySet().stream()
                      .map(broker -> establish(broker.getKey(), broker.getValue(), route))
                      .toArray(CompletableFuture<?>[]::new));
            });
  }

  /** Brokers commit nothing for a group that they do not know. */
  private CompletableFuture<Void> establish(String address, List<Queue> queues, TopicRoute route) {
    return new GroupAtBroker(client, group, address)
        .beKnown()
        .thenCompose(
            known ->
                CompletableFuture.allOf(
                    queues.stream()
                        .map(queue -> establish(queue, address, route))
                        .toArray(CompletableFuture<?>[]::new)));
  }

  private RetriableException noTopic() {
    return new RetriableException(
        RocketMqError.TOPIC_MISSING, "topic " + topic + " has no queues to read", place());
  }

  private CompletableFuture<Void> establish(Queue queue, String address, TopicRoute route) {
    return offsets
        .committed(queue, address)
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

  private Location place() {
    return new Location.Named("instance " + client.instance().name());
  }
}
