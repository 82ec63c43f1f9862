package io.sluice.rocketmq;

import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.sink.Echoes;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Namespace;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.instance.Version;
import io.sluice.testkit.Lifetime;
import io.sluice.testkit.ReleasedProxy;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Released servers 5.5.0 with a proxy before them, and flows by either protocol: for all tests of
 * the class that registers them.
 */
final class ProxiedServers implements BeforeAllCallback, AfterAllCallback {
  static final String GRPC = "grpc";
  static final String REMOTING = "remoting";

  /** gRPC, with the name server known besides. */
  static final String BOTH = "both";

  /** Remoting, by the proxy. */
  static final String THROUGH_PROXY = "through-proxy";

  static final String NAMESPACE = "MQ_INST_1";

  /** gRPC, in a namespace that names carry. */
  static final String GRPC_IN_NAMESPACE = "grpc-in-namespace";

  /** The same, with the name server known besides. */
  static final String BOTH_IN_NAMESPACE = "both-in-namespace";

  /** Remoting, in the same namespace. */
  static final String REMOTING_IN_NAMESPACE = "remoting-in-namespace";

  /** Remoting, other servers than those behind the proxy. */
  static final String ELSEWHERE = "elsewhere";

  private static final String CLUSTER = "hangzhou";

  private final Deque<DirectFlow> open = new ArrayDeque<>();
  private final ClientPool clients = new ClientPool();
  private final TestScheduler scheduler = new TestScheduler();
  private final Map<String, String> settings;
  private Path folder;
  private ReleasedServers servers;
  private ReleasedProxy proxy;
  private Topics topics;

  ProxiedServers() {
    this(Map.of());
  }

  /**
   * @param settings replace or add properties of the proxy
   */
  ProxiedServers(Map<String, String> settings) {
    this.settings = settings;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("sluice-proxied");
    servers = ReleasedServers.start("5.5.0", CLUSTER, folder.resolve("servers"), Map.of());
    proxy =
        ReleasedProxy.start(
            servers,
            CLUSTER,
            folder.resolve("proxy"),
            ServerSecurity.none(),
            Lifetime.SHORT,
            settings);
    topics = new Topics(servers.nameServer());
  }

  ReleasedServers brokers() {
    return servers;
  }

  ReleasedProxy proxy() {
    return proxy;
  }

  Topics topics() {
    return topics;
  }

  Map<String, Instance> instances() {
    String nameServer = servers.nameServer();
    Namespace names = new Namespace.Prefix(NAMESPACE);
    return Stream.of(
            byGrpc(GRPC),
            byGrpc(BOTH).nameServers(List.of(nameServer)),
            byGrpc(GRPC_IN_NAMESPACE).namespace(names),
            byGrpc(BOTH_IN_NAMESPACE).namespace(names).nameServers(List.of(nameServer)),
            byRemoting(REMOTING, nameServer),
            byRemoting(REMOTING_IN_NAMESPACE, nameServer).namespace(names),
            byRemoting(THROUGH_PROXY, proxy.remotingAddress()))
        .map(Instance.Builder::build)
        .collect(Collectors.toMap(Instance::name, instance -> instance));
  }

  private Instance.Builder byGrpc(String name) {
    return Instance.builder(name)
        .version(Version.V5)
        .protocol(Protocol.GRPC)
        .proxies(List.of(proxy.grpcAddress()));
  }

  private static Instance.Builder byRemoting(String name, String nameServer) {
    return Instance.builder(name).version(Version.V5).nameServers(List.of(nameServer));
  }

  static RocketMqSourceConfiguration from(String instance, String topic, ConsumeOffset offset) {
    return from(instance, topic, offset, "*", Optional.empty());
  }

  static RocketMqSourceConfiguration from(
      String instance, String topic, ConsumeOffset offset, String tag, Optional<String> sql) {
    return new RocketMqSourceConfiguration(
        instance,
        topic,
        Optional.of("GID_" + instance + "_" + topic),
        sql.isPresent() ? "SQL92" : "TAG",
        tag,
        sql,
        offset,
        Optional.empty(),
        "fail");
  }

  static RocketMqSourceConfiguration all(String instance, String topic) {
    return from(instance, topic, ConsumeOffset.CONSUME_FROM_FIRST_OFFSET);
  }

  static RocketMqSinkConfiguration to(String instance, String topic) {
    return new RocketMqSinkConfiguration(instance, topic, true, true, Echoes.DROP);
  }

  DirectFlow flow(RocketMqSourceConfiguration from, RocketMqSinkConfiguration to) {
    return flow(from, to, instances());
  }

  /** A flow to other servers, known by the name {@code elsewhere}. */
  DirectFlow flow(
      RocketMqSourceConfiguration from, RocketMqSinkConfiguration to, ReleasedServers elsewhere) {
    return flow(from, to, byRemoting(ELSEWHERE, elsewhere.nameServer()).build());
  }

  /** A flow where one instance more is known, or is another one than usually. */
  DirectFlow flow(RocketMqSourceConfiguration from, RocketMqSinkConfiguration to, Instance other) {
    Map<String, Instance> instances = new HashMap<>(instances());
    instances.put(other.name(), other);
    return flow(from, to, instances);
  }

  private DirectFlow flow(
      RocketMqSourceConfiguration from,
      RocketMqSinkConfiguration to,
      Map<String, Instance> instances) {
    DirectFlow flow =
        new DirectFlow(from, to, instances, clients, scheduler, Map.of(), "runtime-of-test");
    open.push(flow);
    return flow;
  }

  /** Starts a flow, and waits until it reads. */
  DirectFlow started(RocketMqSourceConfiguration from, RocketMqSinkConfiguration to) {
    DirectFlow flow = flow(from, to);
    flow.start().toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
    return flow;
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    topics.close();
    proxy.close();
    servers.close();
    scheduler.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
