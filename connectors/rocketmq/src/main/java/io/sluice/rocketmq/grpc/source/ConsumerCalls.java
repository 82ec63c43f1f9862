package io.sluice.rocketmq.grpc.source;

import apache.rocketmq.v2.AckMessageEntry;
import apache.rocketmq.v2.AckMessageRequest;
import apache.rocketmq.v2.AckMessageResponse;
import apache.rocketmq.v2.Broker;
import apache.rocketmq.v2.ChangeInvisibleDurationRequest;
import apache.rocketmq.v2.ChangeInvisibleDurationResponse;
import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.FilterExpression;
import apache.rocketmq.v2.FilterType;
import apache.rocketmq.v2.MessageQueue;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.ReceiveMessageRequest;
import apache.rocketmq.v2.ReceiveMessageResponse;
import apache.rocketmq.v2.Resource;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.Subscription;
import apache.rocketmq.v2.SubscriptionEntry;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.grpc.ProxyClient;
import io.sluice.rocketmq.grpc.Times;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.common.filter.ExpressionType;

/** What a member of a consumer group asks proxies for, about one topic. Thread-safe. */
final class ConsumerCalls {
  /** How long nobody else gets what was received. */
  static final Duration INVISIBLE = Duration.ofSeconds(30);

  /** More at once brokers do not give. */
  static final int MOST = 32;

  /** Short enough for a proxy behind a load balancer that ends silent calls. */
  private static final Duration POLL = Duration.ofSeconds(15);

  private final ProxyClient client;
  private final Resource topic;
  private final Resource group;
  private final FilterExpression filter;

  ConsumerCalls(ProxyClient client, String topic, String group, BrokerFilter filter) {
    this.client = client;
    this.topic = client.resource(topic);
    this.group = client.resource(group);
    this.filter =
        FilterExpression.newBuilder()
            .setType(filter.type().equals(ExpressionType.SQL92) ? FilterType.SQL : FilterType.TAG)
            .setExpression(filter.text())
            .build();
  }

  /** Who the member is, for its session. */
  Settings.Builder settings() {
    return Settings.newBuilder()
        .setClientType(ClientType.SIMPLE_CONSUMER)
        .setSubscription(
            Subscription.newBuilder()
                .setGroup(group)
                .setLongPollingTimeout(Times.of(POLL))
                .addSubscriptions(
                    SubscriptionEntry.newBuilder().setTopic(topic).setExpression(filter)));
  }

  /**
   * Messages of any queue of a broker; waits a while at the proxy if there are none.
   *
   * @param messages at most so many
   */
  ProxyClient.Underway<ReceiveMessageResponse> receive(
      String proxy, String clientId, String broker, int messages) {
    ReceiveMessageRequest request =
        ReceiveMessageRequest.newBuilder()
            .setGroup(group)
            .setMessageQueue(
                MessageQueue.newBuilder()
                    .setTopic(topic)
                    .setId(-1)
                    .setBroker(Broker.newBuilder().setName(broker)))
            .setFilterExpression(filter)
            .setBatchSize(messages)
            .setInvisibleDuration(Times.of(INVISIBLE))
            .setLongPollingTimeout(Times.of(POLL))
            .setAutoRenew(false)
            .build();
    return client.stream(
        proxy, MessagingServiceGrpc.getReceiveMessageMethod(), clientId, request, POLL);
  }

  /** Acknowledges messages; the answer has an entry for each. */
  CompletableFuture<AckMessageResponse> acknowledge(
      String proxy, String clientId, List<Received> messages) {
    AckMessageRequest.Builder request =
        AckMessageRequest.newBuilder().setGroup(group).setTopic(topic);
    for (Received message : messages) {
      request.addEntries(
          AckMessageEntry.newBuilder()
              .setMessageId(message.messageId())
              .setReceiptHandle(message.handle()));
    }
    return client.call(
        proxy, MessagingServiceGrpc.getAckMessageMethod(), clientId, request.build());
  }

  /** Keeps a message for a duration from now on; the answer has its new receipt. */
  CompletableFuture<ChangeInvisibleDurationResponse> keep(
      String proxy, String clientId, Received message, Duration duration) {
    ChangeInvisibleDurationRequest request =
        ChangeInvisibleDurationRequest.newBuilder()
            .setGroup(group)
            .setTopic(topic)
            .setMessageId(message.messageId())
            .setReceiptHandle(message.handle())
            .setInvisibleDuration(Times.of(duration))
            .build();
    return client.call(
        proxy, MessagingServiceGrpc.getChangeInvisibleDurationMethod(), clientId, request);
  }
}
