package io.sluice.acceptance.matrix;

import io.sluice.testkit.Authority;
import io.sluice.testkit.ReleasedProxy;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import io.sluice.testkit.ServerSecurity.Identity;
import io.sluice.testkit.TlsTerminator;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The servers of one mode: one of each generation, and a proxy, with the source topics filled and
 * the target topics of a plan created. For one thread.
 */
final class Landscape implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  /** A topic that flows write which are not meant to get there. */
  static final String NOWHERE = "nowhere";

  private static final int QUEUES = 3;

  private final Mode mode;
  private final Path folder;
  private final Users users;
  private final Authority authority;
  private final Path trust;
  private final Path otherTrust;
  private final Identity server;
  private final Identity client;
  private final Map<End, ReleasedServers> servers = new EnumMap<>(End.class);
  private final Map<End, String> addresses = new EnumMap<>(End.class);
  private final Deque<Runnable> open = new ArrayDeque<>();

  private Landscape(Mode mode, Path folder, Plan plan) {
    this.mode = mode;
    this.folder = folder;
    users = Users.of(plan, mode);
    authority = Authority.of("Authority of " + mode);
    trust = authority.write(folder.resolve("ca.pem"));
    otherTrust = Authority.of("Authority of others").write(folder.resolve("other-ca.pem"));
    server = authority.issue(HOST).write(folder, "server");
    client = authority.issue(HOST).write(folder, "client");
  }

  /** Starts everything that a plan has for the mode. */
  static Landscape start(Mode mode, Path folder, Plan plan) {
    Landscape landscape = new Landscape(mode, folder, plan);
    try {
      landscape.startServers();
      landscape.startProxy();
      landscape.prepare(plan);
      return landscape;
    } catch (RuntimeException failure) {
      landscape.close();
      throw failure;
    }
  }

  private void startServers() {
    ServerSecurity security = security("enforcing");
    Map<String, CompletableFuture<ReleasedServers>> starting =
        Arrays.stream(End.values())
            .map(End::version)
            .distinct()
            .collect(
                Collectors.toMap(
                    version -> version,
                    version -> CompletableFuture.supplyAsync(() -> start(version, security))));
    CompletableFuture.allOf(starting.values().toArray(CompletableFuture<?>[]::new))
        .exceptionally(failure -> null) // so that those that have started are closed
        .join();
    starting.values().stream()
        .filter(servers -> !servers.isCompletedExceptionally())
        .forEach(servers -> open.push(servers.join()::close));
    for (End end : End.values()) {
      servers.put(end, starting.get(end.version()).join());
      addresses.put(end, servers(end).nameServer());
    }
  }

  private ReleasedServers start(String version, ServerSecurity security) {
    return ReleasedServers.start(version, cluster(version), folder.resolve(version), security);
  }

  private static String cluster(String version) {
    return "cluster-" + version.replace('.', '-');
  }

  private void startProxy() {
    ReleasedProxy proxy = startProxy("proxy", "enforcing");
    addresses.put(End.V550_PROXY, proxy.remotingAddress());
    addresses.put(
        End.V550_GRPC,
        mode.transport() == Mode.Transport.MUTUAL_TLS ? balancer() : proxy.grpcAddress());
  }

  /**
   * By gRPC a proxy asks nobody for a certificate; a load balancer before it does, and speaks
   * plaintext to it.
   */
  private String balancer() {
    ReleasedProxy proxy = startProxy("balanced", "permissive");
    TlsTerminator balancer =
        TlsTerminator.start(authority.issue(HOST), authority, proxy.grpcAddress());
    open.push(balancer::close);
    return balancer.address();
  }

  private ReleasedProxy startProxy(String name, String tlsMode) {
    ReleasedProxy proxy =
        ReleasedProxy.start(
            servers(End.V550_PROXY),
            cluster(End.V550_PROXY.version()),
            folder.resolve(name),
            security(tlsMode));
    open.push(proxy::close);
    return proxy;
  }

  private ServerSecurity security(String tlsMode) {
    ServerSecurity security = ServerSecurity.none();
    if (mode.isEncrypted()) {
      security = security.withTls(tlsMode, server);
    }
    if (mode.transport() == Mode.Transport.MUTUAL_TLS) {
      security = security.withClientAuthority(trust);
    }
    return mode.hasUsers()
        ? security.withUsers(
            users.administrator(), users.reader(), users.writer(), users.stranger())
        : security;
  }

  private void prepare(Plan plan) {
    for (End end : List.of(End.V480, End.V497, End.V550)) {
      prepare(servers(end), plan.to(mode).filter(copy -> copy.target().end() == end).toList());
    }
    ReleasedServers newest = servers(End.V550);
    for (End end : List.of(End.V550_GRPC, End.V550_PROXY)) {
      plan.to(mode)
          .filter(copy -> copy.target().end() == end)
          .forEach(copy -> createTarget(newest, copy));
    }
    plan.from(mode)
        .filter(copy -> copy.source().end().speaksGrpc() && copy.content() == Content.ORDERED)
        .forEach(copy -> newest.groups().createOrdered(copy.group()));
  }

  private static void prepare(ReleasedServers servers, List<Copy> copies) {
    for (Content content : Content.values()) {
      servers.createTopic(content.topic(), QUEUES);
      content.messages().send(servers.nameServer(), content.topic());
    }
    servers.createTopic(NOWHERE, QUEUES);
    // 4.x lets everybody write batches, but not read what is there.
    Content.ORDERED.messages().send(servers.nameServer(), NOWHERE);
    servers.createTopics(copies.stream().map(Copy::name).toList(), QUEUES);
  }

  private static void createTarget(ReleasedServers servers, Copy copy) {
    if (copy.target().end().speaksGrpc() && copy.content() == Content.ORDERED) {
      servers.createTopic(copy.name(), QUEUES, "FIFO");
    } else {
      servers.createTopic(copy.name(), QUEUES);
    }
  }

  Mode mode() {
    return mode;
  }

  Users users() {
    return users;
  }

  Authority authority() {
    return authority;
  }

  /** An authority that has issued nothing here. */
  Path otherTrust() {
    return otherTrust;
  }

  /** The servers behind an end. */
  ReleasedServers servers(End end) {
    return servers.get(end);
  }

  /** How clients of the mode reach an end, in every role. */
  List<InstanceDocument> instances(End end) {
    return Arrays.stream(Role.values()).map(role -> instance(end, role)).toList();
  }

  /** How clients of the mode reach an end. */
  InstanceDocument instance(End end, Role role) {
    Side side = new Side(mode, end);
    return new InstanceDocument(
        role.instance(side),
        end,
        address(end),
        // A source by gRPC sets its group's position there.
        role == Role.READER ? Optional.of(servers(end).nameServer()) : Optional.empty(),
        mode.isEncrypted() ? Optional.of(trust) : Optional.empty(),
        mode.transport() == Mode.Transport.MUTUAL_TLS ? Optional.of(client) : Optional.empty(),
        mode.hasUsers() ? Optional.of(users.of(role)) : Optional.empty());
  }

  /** What clients of an end connect to first. */
  String address(End end) {
    return addresses.get(end);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
