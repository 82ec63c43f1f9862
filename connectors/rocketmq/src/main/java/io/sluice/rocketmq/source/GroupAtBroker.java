package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.route.Routes;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.SubscriptionGroupWrapper;
import org.apache.rocketmq.remoting.protocol.header.GetSubscriptionGroupConfigRequestHeader;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer group as one broker of 5.x knows it. Does not block; futures fail with a {@link
 * SluiceException}.
 */
public final class GroupAtBroker {
  private static final Logger log = LoggerFactory.getLogger(GroupAtBroker.class);

  private final RemotingClient client;
  private final String group;
  private final String address;

  /**
   * @param address of a master
   */
  GroupAtBroker(RemotingClient client, String group, String address) {
    this.client = client;
    this.group = group;
    this.address = address;
  }

  /** The same as {@link #beKnown} at all brokers that have queues of a topic to read. */
  public static CompletableFuture<Void> beKnownWhereItReads(
      RemotingClient client, String topic, String group) {
    return Routes.find(client, topic)
        .thenCompose(
            found ->
                CompletableFuture.allOf(
                    found.map(GroupAtBroker::readable).orElse(Set.of()).stream()
                        .map(address -> new GroupAtBroker(client, group, address).beKnown())
                        .toArray(CompletableFuture<?>[]::new)));
  }

  private static Set<String> readable(TopicRoute route) {
    return route.readable().stream()
        .map(route::address)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /**
   * Sees to it that the broker knows the group. One that it did not know before, and makes now
   * because it is asked for it, becomes one that consumes in order; others stay as they are.
   */
  CompletableFuture<Void> beKnown() {
    return isKnown()
        .thenCompose(
            before ->
                settings()
                    .thenCompose(
                        settings ->
                            before ? CompletableFuture.completedFuture(null) : order(settings)));
  }

  /** Whether it is there already; a look at a single group would make it. */
  private CompletableFuture<Boolean> isKnown() {
    return client
        .ask(address, RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG, null, null)
        .thenApply(
            answer -> {
              if (answer.getCode() != ResponseCode.SUCCESS) {
                leftAsItIs(answer);
                return true;
              }
              return RemotingSerializable.decode(answer.getBody(), SubscriptionGroupWrapper.class)
                  .getSubscriptionGroupTable()
                  .containsKey(client.names().wire(group));
            });
  }

  private CompletableFuture<SubscriptionGroupConfig> settings() {
    GetSubscriptionGroupConfigRequestHeader header = new GetSubscriptionGroupConfigRequestHeader();
    header.setGroup(group);
    return client
        .ask(address, RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, header, null)
        .thenApply(
            answer -> {
              if (answer.getCode() != ResponseCode.SUCCESS) {
                throw Answers.error(answer, client, "group " + group);
              }
              return RemotingSerializable.decode(answer.getBody(), SubscriptionGroupConfig.class);
            });
  }

  private CompletableFuture<Void> order(SubscriptionGroupConfig settings) {
    settings.setConsumeMessageOrderly(true);
    return client
        .ask(
            address,
            RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP,
            null,
            RemotingSerializable.encode(settings))
        .thenAccept(
            answer -> {
              if (answer.getCode() != ResponseCode.SUCCESS) {
                leftAsItIs(answer);
              }
            });
  }

  /** Without administrator's rights everything goes on, only not in order. */
  private void leftAsItIs(RemotingCommand refusal) {
    log.info(
        "group {} is not made one that consumes in order: {}",
        group,
        Answers.error(refusal, client, "broker " + address).message());
  }
}
