package io.sluice.rocketmq.route;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that a topic has as many queues as its readers or writers need. What else was set of a
 * topic stays, above all its permission: where it may only be read it gets no queues. Does not
 * block.
 */
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
   * @param check throws if the topic must not be extended, as it is
   * @return fails with a {@link SluiceException}
   */
  public CompletableFuture<TopicRoute> withQueues(int queues, Consumer<TopicRoute> check) {
    return Routes.find(client, topic)
        .thenCompose(
            found -> {
              found.ifPresent(check);
              int present = found.map(route -> route.writable().size()).orElse(0);
              if (present >= queues || (present > 0 && !create)) {
                return CompletableFuture.completedFuture(found.orElseThrow());
              }
              if (found.filter(TopicRoute::isReadOnly).isPresent()) {
                throw readOnly();
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
    TopicRoute route = present.orElse(TopicRoute.UNKNOWN);
    return masters()
        .thenApply(masters -> masters.stream().filter(one -> mayBeWritten(route, one)).toList())
        .thenCompose(
            masters -> {
              if (masters.isEmpty()) {
                throw notCreated("no broker is registered at the name server", true);
              }
              int each = (queues + masters.size() - 1) / masters.size();
              List<CompletableFuture<Integer>> requests =
                  masters.stream().map(broker -> withQueues(broker, route, each)).toList();
              return CompletableFuture.allOf(requests.toArray(CompletableFuture<?>[]::new))
                  .thenApply(done -> requests.stream().mapToInt(CompletableFuture::join).sum());
            })
        .thenCompose(
            writable -> {
              if (writable == 0) {
                throw readOnly();
              }
              return awaitRoute(Math.min(queues, writable), ROUTE_POLLS);
            });
  }

  private static boolean mayBeWritten(TopicRoute route, BrokerData broker) {
    return !isAmong(route.readOnly(), broker);
  }

  private CompletableFuture<Integer> withQueues(BrokerData broker, TopicRoute route, int queues) {
    TopicAtBroker at =
        new TopicAtBroker(client, topic, broker.getBrokerAddrs().get(MixAll.MASTER_ID));
    boolean isThere = isAmong(route.writable(), broker) || isAmong(route.readable(), broker);
    return isThere ? at.extend(queues) : at.create(queues);
  }

  private static boolean isAmong(Collection<Queue> queues, BrokerData broker) {
    return queues.stream().anyMatch(queue -> queue.broker().equals(broker.getBrokerName()));
  }

  private CompletableFuture<List<BrokerData>> masters() {
    return Brokers.registered(client)
        .thenApply(
            brokers ->
                brokers.stream()
                    .filter(broker -> broker.getBrokerAddrs().containsKey(MixAll.MASTER_ID))
                    .toList());
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

  private SluiceException readOnly() {
    return new RetriableException(
        RocketMqError.TOPIC_READ_ONLY, "target topic " + topic + " may only be read", place());
  }

  private SluiceException notCreated(String why, boolean mayPass) {
    return notCreated(client, topic, why, mayPass);
  }

  static SluiceException notCreated(
      RemotingClient client, String topic, String why, boolean mayPass) {
    Location place = new Location.Named("instance " + client.instance().name());
    String message = "target topic " + topic + " cannot be created: " + why;
    return mayPass
        ? new RetriableException(RocketMqError.TOPIC_NOT_CREATED, message, place)
        : new SluiceException(RocketMqError.TOPIC_NOT_CREATED, message, place);
  }

  private Location place() {
    return new Location.Named("instance " + client.instance().name());
  }
}
