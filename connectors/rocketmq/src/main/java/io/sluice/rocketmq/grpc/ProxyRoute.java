package io.sluice.rocketmq.grpc;

import apache.rocketmq.v2.Address;
import apache.rocketmq.v2.AddressScheme;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Endpoints;
import apache.rocketmq.v2.MessageQueue;
import apache.rocketmq.v2.MessageType;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.Permission;
import apache.rocketmq.v2.QueryRouteRequest;
import apache.rocketmq.v2.QueryRouteResponse;
import io.sluice.rocketmq.route.Queue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Where the queues of a topic are, as a proxy saw it. Immutable.
 *
 * @param readable queues that can be read, by broker and number
 * @param writable queues that can be written
 * @param proxies which proxy serves each broker, {@code host:port}
 * @param types of messages that the topic takes; empty if that is not told
 */
public record ProxyRoute(
    List<Queue> readable,
    List<Queue> writable,
    Map<String, String> proxies,
    Set<MessageType> types) {
  private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

  public ProxyRoute {
    readable = List.copyOf(readable);
    writable = List.copyOf(writable);
    proxies = Map.copyOf(proxies);
    types = Set.copyOf(types);
  }

  /** Of no topic. */
  public static final ProxyRoute NONE = new ProxyRoute(List.of(), List.of(), Map.of(), Set.of());

  /**
   * Asks the configured proxies, each in turn while one does not answer.
   *
   * @return empty if there is no such topic; fails with a {@link
   *     io.sluice.sdk.error.SluiceException}
   */
  public static CompletableFuture<Optional<ProxyRoute>> find(
      ProxyClient client, String clientId, String topic) {
    return find(client, clientId, topic, client.instance().proxies().size());
  }

  private static CompletableFuture<Optional<ProxyRoute>> find(
      ProxyClient client, String clientId, String topic, int attempts) {
    String address = client.proxy();
    QueryRouteRequest request =
        QueryRouteRequest.newBuilder()
            .setTopic(client.resource(topic))
            .setEndpoints(endpoints(address))
            .build();
    return client
        .call(address, MessagingServiceGrpc.getQueryRouteMethod(), clientId, request)
        .thenApply(answer -> read(client, topic, address, answer))
        .exceptionallyCompose(
            failure -> {
              client.nextProxy();
              return attempts <= 1
                  ? CompletableFuture.failedFuture(failure)
                  : find(client, clientId, topic, attempts - 1);
            });
  }

  private static Optional<ProxyRoute> read(
      ProxyClient client, String topic, String dialled, QueryRouteResponse answer) {
    Code code = answer.getStatus().getCode();
    if (code == Code.TOPIC_NOT_FOUND) {
      return Optional.empty();
    }
    if (code != Code.OK) {
      throw ProxyAnswers.error(
          answer.getStatus(), client.instance(), "the route of topic " + topic);
    }
    return Optional.of(of(topic, dialled, answer.getMessageQueuesList()));
  }

  private static ProxyRoute of(String topic, String dialled, List<MessageQueue> queues) {
    List<Queue> readable = new ArrayList<>();
    List<Queue> writable = new ArrayList<>();
    Map<String, String> proxies = new TreeMap<>();
    Set<MessageType> types = EnumSet.noneOf(MessageType.class);
    for (MessageQueue queue : queues) {
      Queue known = new Queue(topic, queue.getBroker().getName(), queue.getId());
      Permission permission = queue.getPermission();
      if (permission == Permission.READ || permission == Permission.READ_WRITE) {
        readable.add(known);
      }
      if (permission == Permission.WRITE || permission == Permission.READ_WRITE) {
        writable.add(known);
      }
      types.addAll(queue.getAcceptMessageTypesList());
      proxies.put(known.broker(), address(queue.getBroker().getEndpoints()).orElse(dialled));
    }
    Comparator<Queue> order = Comparator.comparing(Queue::broker).thenComparing(Queue::id);
    readable.sort(order);
    writable.sort(order);
    types.remove(MessageType.MESSAGE_TYPE_UNSPECIFIED);
    types.remove(MessageType.UNRECOGNIZED);
    return new ProxyRoute(readable, writable, asDialled(proxies, dialled), types);
  }

  /**
   * A proxy that serves all brokers gives the host by which it was asked, with the port on which it
   * listens itself: behind a load balancer or a port mapping that is not the one that was dialled.
   */
  private static Map<String, String> asDialled(Map<String, String> proxies, String dialled) {
    Set<String> different = new HashSet<>(proxies.values());
    if (different.size() == 1 && host(different.iterator().next()).equals(host(dialled))) {
      proxies.replaceAll((broker, proxy) -> dialled);
    }
    return proxies;
  }

  private static String host(String address) {
    return address.substring(0, address.lastIndexOf(':'));
  }

  private static Optional<String> address(Endpoints endpoints) {
    return endpoints.getAddressesList().stream()
        .findFirst()
        .map(address -> address.getHost() + ":" + address.getPort());
  }

  static Endpoints endpoints(String address) {
    String host = host(address);
    return Endpoints.newBuilder()
        .setScheme(IPV4.matcher(host).matches() ? AddressScheme.IPv4 : AddressScheme.DOMAIN_NAME)
        .addAddresses(
            Address.newBuilder()
                .setHost(host)
                .setPort(Integer.parseInt(address.substring(host.length() + 1))))
        .build();
  }
}
