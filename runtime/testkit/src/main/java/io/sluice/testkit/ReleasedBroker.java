package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A broker of a released RocketMQ, in its own JVM on free ports of 127.0.0.1. Topics are not
 * created automatically, unless a property says so. 4.x cannot bind an address: it listens on all.
 *
 * <p>For one thread at a time, except that it may be killed, paused and so on while others use it.
 * All methods block until what they say is so; they throw {@link IllegalStateException} with the
 * server's last words when it does not become so in time.
 */
public final class ReleasedBroker implements AutoCloseable {
  private final Plan plan;
  private final List<ReleasedNameServer> nameServers;
  private final RocketmqClient client;
  private final Map<String, String> properties;
  private String address = "";
  private ServerProcess process;

  private ReleasedBroker(Plan plan, List<ReleasedNameServer> nameServers) {
    this.plan = plan;
    this.nameServers = List.copyOf(nameServers);
    client = new RocketmqClient(addresses());
    properties = new HashMap<>(plan.properties());
    process = launch(FreePorts.ofBroker());
  }

  /**
   * What to start.
   *
   * @param files where configuration, store and logs go
   * @param properties replace or add properties of the broker
   */
  record Plan(
      String version,
      String cluster,
      String name,
      ServerFiles files,
      Map<String, String> properties,
      ServerSecurity security,
      Lifetime lifetime) {}

  /** Starts one that registers at these name servers; returns before it answers. */
  static ReleasedBroker start(Plan plan, List<ReleasedNameServer> nameServers) {
    return new ReleasedBroker(plan, nameServers);
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return address;
  }

  /** The name that it may share with its slaves, or with its master. */
  public String name() {
    return plan.name();
  }

  /** Kills it, as {@code kill -9} does, and waits until name servers that live have noticed. */
  public void kill() {
    process.kill();
    for (ReleasedNameServer server : living()) {
      ServerWait.until(
          "the name server has forgotten " + address, () -> !isKnownTo(server), server.process());
    }
  }

  /** Starts it again on its port, with its data; kills it before if it runs. */
  public void restart() {
    restart(store -> {});
  }

  /**
   * The same, with something done to its data in between.
   *
   * @param change takes the directory that holds what the broker stores
   */
  public void restart(Consumer<Path> change) {
    kill();
    change.accept(plan.files().store());
    process = launch(port());
    awaitReady();
  }

  /** Starts it again with its data, at another address; kills it before if it runs. */
  public void move() {
    kill();
    process = launch(FreePorts.ofBroker());
    awaitReady();
  }

  /**
   * Makes a slave a master, with what it has, as administrators do where no controller does; its
   * master must be gone.
   */
  public void promote() {
    properties.put("brokerRole", "ASYNC_MASTER");
    properties.put("brokerId", "0");
    restart();
  }

  /** Stops its process (SIGSTOP): connections stay open, and nobody answers. */
  public void pause() {
    process.pause();
  }

  /** Lets its process go on (SIGCONT). */
  public void goOn() {
    process.goOn();
  }

  /** Waits until it answers and is registered. */
  void awaitReady() {
    ServerWait.until("the broker answers", () -> client.answers(address), process);
    for (ReleasedNameServer server : living()) {
      ServerWait.until(
          "the broker is registered", () -> registers(server), server.process(), process);
    }
  }

  /** What it is at the moment: 0 for a master, more for a slave. */
  long id() throws CallFailed {
    return new ClusterMembers(client)
        .brokers(living().get(0).address()).getOrDefault(name(), Map.of()).entrySet().stream()
            .filter(one -> one.getValue().equals(announced()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(() -> new CallFailed(address + " is not registered", null));
  }

  RocketmqClient client() {
    return client;
  }

  ServerProcess process() {
    return process;
  }

  private List<ReleasedNameServer> living() {
    return nameServers.stream().filter(server -> server.process().isAlive()).toList();
  }

  private String addresses() {
    return nameServers.stream().map(ReleasedNameServer::address).collect(Collectors.joining(";"));
  }

  /**
   * Asks the broker to register; by itself 5.x does so 10 s after it missed its first chance. One
   * that is elected registers when it knows what it is.
   */
  private boolean registers(ReleasedNameServer server) throws CallFailed {
    if (!isKnownTo(server) && !plan.properties().containsKey("controllerAddr")) {
      client.configure(address, "brokerPermission", "6");
    }
    return isKnownTo(server);
  }

  private boolean isKnownTo(ReleasedNameServer server) throws CallFailed {
    return new ClusterMembers(client)
        .brokers(server.address())
        .getOrDefault(name(), Map.of())
        .containsValue(announced());
  }

  /** The address that it tells name servers. */
  private String announced() {
    return plan.properties().getOrDefault("brokerIP1", "127.0.0.1") + ":" + port();
  }

  private int port() {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private ServerProcess launch(int port) {
    address = "127.0.0.1:" + port;
    Map<String, String> all = new HashMap<>(ServerAccounts.properties(plan.security()));
    all.put("brokerClusterName", plan.cluster());
    all.put("brokerName", plan.name());
    all.put("namesrvAddr", addresses());
    all.putAll(properties);
    return ServerProcess.start(
        new ServerProcess.Program(
            "org.apache.rocketmq.broker.BrokerStartup",
            ServerClassPath.of(plan.version()),
            "512m",
            plan.lifetime(),
            plan.security(),
            List.of("-c", plan.files().broker(port, all).toString())),
        "broker",
        plan.files());
  }

  /** Kills it. Its files stay. */
  @Override
  public void close() {
    process.kill();
    client.close();
  }
}
