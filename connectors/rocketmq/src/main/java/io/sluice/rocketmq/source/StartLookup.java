package io.sluice.rocketmq.source;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.QueueOffsets;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Finds where a queue begins that has no resume point: at the group's offset on the source, else at
 * the configured position. A lookup that fails is an error, never "not found".
 */
final class StartLookup {
  private final RemotingClient client;
  private final QueuePuller puller;
  private final Optional<GroupOffsets> group;
  private final StartPosition configured;

  /**
   * @param puller without a filter
   */
  StartLookup(
      RemotingClient client,
      QueuePuller puller,
      Optional<GroupOffsets> group,
      StartPosition configured) {
    this.client = client;
    this.puller = puller;
    this.group = group;
    this.configured = configured;
  }

  /**
   * The first offset to read.
   *
   * @param appeared whether the queue came after the flow began: then all of it is new, whatever
   *     position is configured
   */
  CompletableFuture<Long> offset(Queue queue, TopicRoute route, boolean appeared) {
    return route
        .address(queue)
        .map(address -> offset(queue, route, address, appeared))
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new RetriableException(
                        RocketMqError.UNREACHABLE,
                        "broker " + queue.broker() + " has no living master",
                        new Location.Named("instance " + client.instance().name()))));
  }

  private CompletableFuture<Long> offset(
      Queue queue, TopicRoute route, String address, boolean appeared) {
    return group
        .map(offsets -> offsets.committed(queue, address))
        .orElseGet(() -> CompletableFuture.completedFuture(OptionalLong.empty()))
        .thenCompose(
            committed ->
                committed.isPresent()
                    ? CompletableFuture.completedFuture(committed.getAsLong())
                    : configured(queue, route, address, appeared));
  }

  private CompletableFuture<Long> configured(
      Queue queue, TopicRoute route, String address, boolean appeared) {
    if (appeared || configured instanceof StartPosition.First) {
      return QueueOffsets.first(client, queue, address);
    }
    if (configured instanceof StartPosition.At at) {
      return new TimestampSearch(client, puller, queue, address, at.time()).offset();
    }
    return QueueOffsets.end(client, queue, address);
  }
}
