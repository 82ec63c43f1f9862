package io.sluice.rocketmq.route;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.TopicFilterType;
import org.apache.rocketmq.common.constant.PermName;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.CreateTopicRequestHeader;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that a topic has as many queues as its readers or writers need. Does not block. */
public final class TargetTopic {
  private static final Logger log = LoggerFactory.getLogger(TargetTopic.class);
  private static final Duration ROUTE_POLL = Duration.ofMillis(200);
  private static final int ROUTE_POLLS = 50;

  private final RemotingClient client;
  private final String topic;
  private final boolean create;
  private final Scheduler scheduler;

  /**
   * @param create whether it may be created and given more queues
   */
  public TargetTopic(RemotingClient client, String topic, boolean create, Scheduler scheduler) {
    this.client = client;
    this.topic = topic;
    this.create = create;
    this.scheduler = scheduler;
  }

  /**
   * The topic's route, with at least one queue to write, and as many as asked for if they may be
   * created.
   *
   * @return fails with a {@link SluiceException}
   */
  public CompletableFuture<TopicRoute> withQueues(int queues) {
    return Routes.find(client, topic)
        .thenCompose(
            found -> {
              int present = found.map(route -> route.writable().size()).orElse(0);
              if (present >= queues || (present > 0 && !create)) {
                return CompletableFuture.completedFuture(found.orElseThrow());
              }
              if (!create) {
                throw new SluiceException(
                    RocketMqError.TOPIC_MISSING,
                    "target topic " + topic + " does not exist, and `createTopic` is false",
                    place());
              }
              return extend(queues, found)
                  .exceptionallyCompose(failure -> withoutExtension(found, failure));
            });
  }

  /** A topic that exists is good enough when it cannot be extended: several lanes share a queue. */
  private CompletableFuture<TopicRoute> withoutExtension(
      Optional<TopicRoute> found, Throwable failure) {
    if (found.isPresent() && !found.get().writable().isEmpty()) {
      log.warn(
          "target topic {} keeps its {} queues, several source queues share one: {}",
          topic,
          found.get().writable().size(),
          CallFailure.unwrap(failure).toString());
      return CompletableFuture.completedFuture(found.get());
    }
    return CompletableFuture.failedFuture(CallFailure.unwrap(failure));
  }

  private CompletableFuture<TopicRoute> extend(int queues, Optional<TopicRoute> present) {
    return masters()
        .thenCompose(
            masters -> {
              if (masters.isEmpty()) {
                throw notCreated("no broker is registered at the name server", true);
              }
              List<CompletableFuture<Void>> requests = new ArrayList<>();
              for (BrokerData broker : masters) {
                int here =
                    (int)
                        present.stream()
                            .flatMap(route -> route.writable().stream())
                            .map(Queue::broker)
                            .filter(broker.getBrokerName()::equals)
                            .count();
                int wanted = Math.max(here, (queues + masters.size() - 1) / masters.size());
                requests.add(create(broker.getBrokerAddrs().get(MixAll.MASTER_ID), wanted));
              }
              return CompletableFuture.allOf(requests.toArray(CompletableFuture<?>[]::new));
            })
        .thenCompose(created -> awaitRoute(queues, ROUTE_POLLS));
  }

  private CompletableFuture<List<BrokerData>> masters() {
    return Brokers.registered(client)
        .thenApply(
            brokers ->
                brokers.stream()
                    .filter(broker -> broker.getBrokerAddrs().containsKey(MixAll.MASTER_ID))
                    .toList());
  }

  private CompletableFuture<Void> create(String address, int queues) {
    CreateTopicRequestHeader header = new CreateTopicRequestHeader();
    header.setTopic(topic);
    header.setDefaultTopic(TopicValidator.AUTO_CREATE_TOPIC_KEY_TOPIC);
    header.setReadQueueNums(queues);
    header.setWriteQueueNums(queues);
    header.setPerm(PermName.PERM_READ | PermName.PERM_WRITE);
    header.setTopicFilterType(TopicFilterType.SINGLE_TAG.name());
    header.setTopicSysFlag(0);
    header.setOrder(false);
    return client
        .call(address, RequestCode.UPDATE_AND_CREATE_TOPIC, header, null, client.requestTimeout())
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw CallFailure.translate(failure, client, "broker " + address);
              }
              if (answer.getCode() != ResponseCode.SUCCESS) {
                SluiceException reason =
                    Answers.error(answer, client, "the creation of topic " + topic);
                throw notCreated(reason.message(), reason instanceof RetriableException);
              }
              return null;
            });
  }

  /** Brokers register new topics with the name server a moment later. */
  private CompletableFuture<TopicRoute> awaitRoute(int queues, int polls) {
    return Routes.find(client, topic)
        .thenCompose(
            found -> {
              if (found.isPresent() && found.get().writable().size() >= queues) {
                return CompletableFuture.completedFuture(found.get());
              }
              if (polls == 0) {
                throw notCreated("it does not appear at the name server", true);
              }
              CompletableFuture<TopicRoute> later = new CompletableFuture<>();
              scheduler.after(
                  ROUTE_POLL,
                  () ->
                      awaitRoute(queues, polls - 1)
                          .whenComplete(
                              (route, failure) -> {
                                if (failure == null) {
                                  later.complete(route);
                                } else {
                                  later.completeExceptionally(CallFailure.unwrap(failure));
                                }
                              }));
              return later;
            });
  }

  private SluiceException notCreated(String why, boolean mayPass) {
    String message = "target topic " + topic + " cannot be created: " + why;
    return mayPass
        ? new RetriableException(RocketMqError.TOPIC_NOT_CREATED, message, place())
        : new SluiceException(RocketMqError.TOPIC_NOT_CREATED, message, place());
  }

  private Location place() {
    return new Location.Named("instance " + client.instance().name());
  }
}
