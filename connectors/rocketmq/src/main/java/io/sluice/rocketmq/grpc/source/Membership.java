package io.sluice.rocketmq.grpc.source;

import apache.rocketmq.v2.ReceiveMessageResponse;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.AnswerTimes;
import io.sluice.rocketmq.grpc.ProxyClient;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.rocketmq.grpc.Session;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.source.SourceContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A source as a member of its consumer group: what it asks of the proxies that serve the topic's
 * brokers, and which those are. Thread-safe.
 */
final class Membership implements Receiver.Calls {
  private static final Duration GIVEN_BACK = Duration.ofSeconds(1);

  private final RocketMqSourceConfiguration configuration;
  private final ProxyClient client;
  private final ConsumerCalls calls;
  private final Session session;
  private final Acknowledger acknowledger;
  private final Keeper keeper;
  private final Set<CompletableFuture<Void>> acknowledging = ConcurrentHashMap.newKeySet();
  private volatile ProxyRoute route = ProxyRoute.NONE;
  private volatile boolean ordered;

  /**
   * @param configuration with a group
   */
  Membership(ProxyClient client, RocketMqSourceConfiguration configuration, SourceContext context) {
    this.configuration = configuration;
    this.client = client;
    this.calls =
        new ConsumerCalls(
            client,
            configuration.topic(),
            configuration.groupID().orElseThrow(),
            configuration.filter());
    this.session = new Session(client, context.flow(), calls.settings(), context.scheduler());
    this.acknowledger = new Acknowledger(calls, session.id(), this::proxy, context.scheduler());
    this.keeper = new Keeper(calls, session.id(), this::proxy, context.scheduler());
  }

  /** Looks where the topic is now; fails with a {@link io.sluice.sdk.error.SluiceException}. */
  CompletableFuture<ProxyRoute> findRoute() {
    return ProxyRoute.find(client, session.id(), configuration.topic())
        .thenApply(
            found -> {
              route =
                  found
                      .filter(known -> !known.readable().isEmpty())
                      .orElseThrow(
                          () ->
                              new RetriableException(
                                  RocketMqError.TOPIC_MISSING,
                                  "topic " + configuration.topic() + " has no queues to read",
                                  new Location.Named("instance " + configuration.instance())));
              return route;
            });
  }

  /** The proxy that serves a broker. */
  private String proxy(String broker) {
    return Optional.ofNullable(route.proxies().get(broker))
        .orElseGet(() -> instance().proxies().get(0));
  }

  /** Makes itself known to the proxies of a route. */
  CompletableFuture<Void> join(ProxyRoute found) {
    return CompletableFuture.allOf(
        new HashSet<>(found.proxies().values())
            .stream().map(this::open).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public CompletableFuture<ProxyClient.Underway<ReceiveMessageResponse>> receive(
      String broker, int messages) {
    String proxy = proxy(broker);
    return open(proxy).thenApply(known -> calls.receive(proxy, session.id(), broker, messages));
  }

  private CompletableFuture<Void> open(String proxy) {
    return session
        .open(proxy)
        .thenAccept(settings -> ordered = settings.getSubscription().getFifo());
  }

  @Override
  public boolean isOrdered() {
    return ordered;
  }

  @Override
  public AnswerTimes answerTimes() {
    return client.answerTimes();
  }

  @Override
  public Instance instance() {
    return client.instance();
  }

  /** Completes, never with a failure, when all are acknowledged or will come again. */
  CompletableFuture<Void> acknowledge(List<Received> messages) {
    CompletableFuture<Void> end = acknowledger.acknowledge(messages);
    acknowledging.add(end);
    return end.thenRun(() -> acknowledging.remove(end));
  }

  /** Completes, never with a failure, when no acknowledgement is under way. */
  CompletableFuture<Void> acknowledged() {
    return CompletableFuture.allOf(acknowledging.toArray(CompletableFuture<?>[]::new));
  }

  /** Renews those messages for which it is time. */
  void renew(List<Received> held) {
    keeper.keep(held.stream().filter(keeper::isDue).toList(), ConsumerCalls.INVISIBLE);
  }

  /** Lets others have messages; completes, never with a failure, at the end. */
  CompletableFuture<Void> giveBack(List<Received> messages) {
    return keeper.keep(messages, GIVEN_BACK);
  }

  /** Takes leave of the proxies. */
  CompletableFuture<Void> leave() {
    return session.close();
  }
}
