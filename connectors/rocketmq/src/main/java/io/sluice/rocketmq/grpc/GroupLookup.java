package io.sluice.rocketmq.grpc;

import apache.rocketmq.v2.Assignment;
import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.FilterExpression;
import apache.rocketmq.v2.FilterType;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.QueryAssignmentRequest;
import apache.rocketmq.v2.QueryAssignmentResponse;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.Subscription;
import apache.rocketmq.v2.SubscriptionEntry;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.sdk.error.SluiceException;
import java.util.concurrent.CompletableFuture;

/**
 * What a proxy tells of a consumer group that is to read a topic, without handing out a message.
 * Thread-safe.
 */
public final class GroupLookup {
  /**
   * Proxies put their own number in this one's place for a group that they know. For another, those
   * from 5.5 on refuse to answer, and earlier ones leave the number as it is.
   */
  private static final int NOT_A_BATCH_SIZE = 1_000_003;

  private final ProxyClient client;
  private final String clientId;
  private final String topic;
  private final String group;

  /**
   * @param clientId who asks
   */
  public GroupLookup(ProxyClient client, String clientId, String topic, String group) {
    this.client = client;
    this.clientId = clientId;
    this.topic = topic;
    this.group = group;
  }

  /**
   * Whether the group consumes in order; its members are then given queues of their own.
   *
   * @return fails with a {@link SluiceException}, {@code rocketmq.denied} if topic or group may not
   *     be read
   */
  public CompletableFuture<Boolean> isOrdered(String address) {
    QueryAssignmentRequest request =
        QueryAssignmentRequest.newBuilder()
            .setTopic(client.resource(topic))
            .setGroup(client.resource(group))
            .setEndpoints(ProxyRoute.endpoints(address))
            .build();
    return client
        .call(address, MessagingServiceGrpc.getQueryAssignmentMethod(), clientId, request)
        .thenApply(this::readsSingleQueues);
  }

  private boolean readsSingleQueues(QueryAssignmentResponse answer) {
    if (answer.getStatus().getCode() != Code.OK) {
      throw ProxyAnswers.error(
          answer.getStatus(),
          client.instance(),
          "a question for topic " + topic + " and group " + group);
    }
    return answer.getAssignmentsList().stream()
        .map(Assignment::getMessageQueue)
        .anyMatch(queue -> queue.getId() >= 0);
  }

  /**
   * Whether the group exists, asked as a member of it for a moment. Brokers that create groups by
   * themselves do so.
   *
   * @return fails with a {@link SluiceException}
   */
  public CompletableFuture<Boolean> exists(String address) {
    FilterExpression all =
        FilterExpression.newBuilder().setType(FilterType.TAG).setExpression("*").build();
    Settings.Builder settings =
        Settings.newBuilder()
            .setClientType(ClientType.SIMPLE_CONSUMER)
            .setSubscription(
                Subscription.newBuilder()
                    .setGroup(client.resource(group))
                    .setReceiveBatchSize(NOT_A_BATCH_SIZE)
                    .addSubscriptions(
                        SubscriptionEntry.newBuilder()
                            .setTopic(client.resource(topic))
                            .setExpression(all)));
    Session session = Session.brief(client, "doctor", settings);
    CompletableFuture<Boolean> answer =
        session
            .open(address)
            .thenApply(known -> known.getSubscription().getReceiveBatchSize() != NOT_A_BATCH_SIZE)
            .exceptionallyCompose(
                failure ->
                    saysMissing(CallFailure.unwrap(failure))
                        ? CompletableFuture.completedFuture(false)
                        : CompletableFuture.failedFuture(failure));
    return answer
        .exceptionally(failure -> false)
        .thenCompose(ended -> session.close())
        .thenCompose(left -> answer);
  }

  private static boolean saysMissing(Throwable failure) {
    return failure instanceof SluiceException told && told.code() == RocketMqError.GROUP_MISSING;
  }
}
