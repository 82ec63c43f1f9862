package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.grpc.ProxyClient;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.Routes;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.Instance;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * What the checks of one instance know together. What was asked once is remembered. For the thread
 * that makes the checks; {@link #reach} and {@link #contact} for any.
 */
final class Examination {
  /** By what proxies know the one who examines. */
  static final String CLIENT_ID = "sluice@doctor@" + UUID.randomUUID();

  private final RemotingClient client;
  private final Optional<ProxyClient> proxies;
  private final Set<Need> needs;
  private final Clock clock;
  private final Set<String> givenUp = new HashSet<>();
  private final ConcurrentMap<String, CompletableFuture<Optional<Throwable>>> reached =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<Contact>> contacts =
      new ConcurrentHashMap<>();
  private final Map<String, Optional<TopicRoute>> routes = new HashMap<>();
  private final Map<String, Optional<ProxyRoute>> proxyRoutes = new HashMap<>();
  private final Map<Need.Reading, Optional<SluiceException>> reads = new HashMap<>();
  private List<String> brokers = List.of();

  /** By remoting. */
  Examination(RemotingClient client, Set<Need> needs, Clock clock) {
    this(client, Optional.empty(), needs, clock);
  }

  /**
   * By gRPC.
   *
   * @param client opens connections to see whether they open, and speaks to nobody
   */
  Examination(RemotingClient client, ProxyClient proxies, Set<Need> needs, Clock clock) {
    this(client, Optional.of(proxies), needs, clock);
  }

  private Examination(
      RemotingClient client, Optional<ProxyClient> proxies, Set<Need> needs, Clock clock) {
    this.client = client;
    this.proxies = proxies;
    this.needs = Set.copyOf(needs);
    this.clock = clock;
  }

  Instance instance() {
    return client.instance();
  }

  /** Whether this machine need not know the addresses of servers. */
  boolean leavesNamesToProxy() {
    return instance()
        .proxy()
        .filter(proxy -> proxy.resolution() == EgressProxy.Resolution.PROXY)
        .isPresent();
  }

  RemotingClient client() {
    return client;
  }

  /** Of an instance that is spoken to by gRPC. */
  ProxyClient proxies() {
    return proxies.orElseThrow();
  }

  Clock clock() {
    return clock;
  }

  /** Those of one kind, in an order that is always the same. */
  <N extends Need> List<N> needs(Class<N> kind) {
    return needs.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .sorted((one, other) -> one.toString().compareTo(other.toString()))
        .toList();
  }

  /** Addresses of those servers that no check has given up. */
  List<String> addresses(Place place) {
    List<String> all =
        switch (place) {
          case NAME_SERVERS -> instance().nameServers();
          case BROKERS -> brokers;
          case PROXIES -> instance().proxies();
        };
    return all.stream().filter(address -> !givenUp.contains(address)).toList();
  }

  /** What later checks of this server would say is said already. */
  void giveUp(String address) {
    givenUp.add(address);
  }

  void foundBrokers(List<String> addresses) {
    brokers = List.copyOf(addresses);
  }

  /** Why no connection to an address opens; empty if one does. */
  CompletableFuture<Optional<Throwable>> reach(String address) {
    return reached.computeIfAbsent(
        address,
        absent ->
            client
                .reach(address)
                .handle((open, failure) -> Optional.ofNullable(failure).map(CallFailure::unwrap)));
  }

  /** What comes of a harmless request to a server. */
  CompletableFuture<Contact> contact(Place place, String address) {
    return contacts.computeIfAbsent(
        address,
        absent ->
            place == Place.PROXIES
                ? Contact.with(proxies(), CLIENT_ID, address)
                : Contact.with(client, place, address));
  }

  /**
   * The route of a topic; empty if there is none. Blocks.
   *
   * @throws SluiceException if no name server answers
   */
  Optional<TopicRoute> route(String topic) {
    return routes.computeIfAbsent(topic, absent -> await(Routes.find(client, topic)));
  }

  /** All that flows read or write, in an order that is always the same. */
  List<String> topics() {
    return needs.stream().map(Need::topic).distinct().sorted().toList();
  }

  /**
   * What the proxies say of a topic; empty if there is none. Blocks.
   *
   * @throws SluiceException if they refuse to tell, or none answers
   */
  Optional<ProxyRoute> proxyRoute(String topic) {
    return proxyRoutes.computeIfAbsent(
        topic, absent -> await(ProxyRoute.find(proxies(), CLIENT_ID, topic)));
  }

  /** The same; empty also if they refuse to tell. Blocks. */
  Optional<ProxyRoute> toldProxyRoute(String topic) {
    try {
      return proxyRoute(topic);
    } catch (SluiceException refused) {
      return Optional.empty();
    }
  }

  /** One queue of a topic at each broker that answers; none if the topic has no route. Blocks. */
  List<Queue> samples(String topic) {
    Map<String, Queue> samples = new TreeMap<>();
    route(topic)
        .ifPresent(
            route ->
                Stream.concat(route.readable().stream(), route.writable().stream())
                    .filter(queue -> route.address(queue).filter(this::answers).isPresent())
                    .forEach(queue -> samples.putIfAbsent(queue.broker(), queue)));
    return List.copyOf(samples.values());
  }

  private boolean answers(String address) {
    return addresses(Place.BROKERS).contains(address);
  }

  /** Why a topic cannot be read in the name of a flow's group; empty if it can. Blocks. */
  Optional<SluiceException> read(Need.Reading need) {
    return reads.computeIfAbsent(
        need,
        absent ->
            new Rights(this)
                .refusalToRead(
                    need.topic(), need.group().orElse(QueuePuller.READER_GROUP), BrokerFilter.ALL));
  }

  /**
   * Waits for an answer of this client, which comes in bounded time.
   *
   * @throws SluiceException as the future fails
   */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (RuntimeException failure) {
      if (CallFailure.unwrap(failure) instanceof SluiceException known) {
        throw known;
      }
      throw failure;
    }
  }

  Verdict failed(ErrorCode code, String seen) {
    return failed(code, seen, code.remedy());
  }

  Verdict failed(ErrorCode code, String seen, String remedy) {
    return new Verdict.Failed(problem(code, seen, remedy));
  }

  SluiceException problem(ErrorCode code, String seen, String remedy) {
    return new SluiceException(
        code, seen, new Location.Named("instance " + instance().name()), remedy, null);
  }
}
