package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several name servers and brokers of a released RocketMQ, each in its own JVM on free ports of
 * 127.0.0.1: masters, masters with slaves, or brokers among which a controller elects the master.
 * They end when closed, or with the JVM that started them.
 *
 * <p>Each broker goes by a label, which is its name for a master. For one thread at a time, except
 * that servers may be killed, paused and so on while others use them. All methods block until what
 * they say is so; they throw {@link IllegalStateException} otherwise.
 */
public final class ReleasedCluster implements AutoCloseable {
  private final ClusterPlan plan;
  private final List<ReleasedNameServer> nameServers = new ArrayList<>();
  private final Map<String, ReleasedBroker> brokers = new LinkedHashMap<>();

  private ReleasedCluster(ClusterPlan plan) {
    this.plan = plan;
    try {
      for (int number = 0; number < plan.nameServers(); number++) {
        nameServers.add(
            ReleasedNameServer.start(
                plan.version(),
                files("name-server-" + number),
                plan.controller().nameServerProperties(plan.directory()),
                ServerSecurity.none(),
                Lifetime.SHORT));
      }
      plan.brokers().forEach(this::launch);
      brokers.values().forEach(ReleasedBroker::awaitReady);
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** Starts all servers of a plan. */
  static ReleasedCluster start(ClusterPlan plan) {
    return new ReleasedCluster(plan);
  }

  /** A cluster to be described; one name server and no broker at first. */
  public static ClusterPlan of(String version, String name, Path directory) {
    return ClusterPlan.of(version, name, directory);
  }

  private void launch(ClusterPlan.Member member) {
    brokers.put(
        member.label(),
        ReleasedBroker.start(
            new ReleasedBroker.Plan(
                plan.version(),
                plan.name(),
                member.broker(),
                files(member.label()),
                plan.controller().brokerProperties(member.properties()),
                ServerSecurity.none(),
                Lifetime.SHORT),
            nameServers));
  }

  private ServerFiles files(String server) {
    return ServerFiles.create(plan.directory().resolve(server));
  }

  /** Starts another master, which joins the cluster. */
  public ReleasedBroker join(String broker) {
    launch(ClusterPlan.Member.master(broker, Map.of()));
    broker(broker).awaitReady();
    return broker(broker);
  }

  /** The addresses of all name servers, {@code host:port}, separated by semicolons. */
  public String nameServer() {
    return nameServers.stream().map(ReleasedNameServer::address).collect(Collectors.joining(";"));
  }

  /** One of the name servers, from 0. */
  public ReleasedNameServer nameServer(int number) {
    return nameServers.get(number);
  }

  /** The broker with a label. */
  public ReleasedBroker broker(String label) {
    return brokers.get(label);
  }

  /** The living broker that is master of a name at the moment; waits until there is one. */
  public ReleasedBroker master(String broker) {
    ServerWait.until("there is a master of " + broker, () -> masters(broker).findAny().isPresent());
    return masters(broker).findAny().orElseThrow();
  }

  private Stream<ReleasedBroker> masters(String name) {
    return brokers.values().stream()
        .filter(broker -> broker.name().equals(name) && broker.process().isAlive())
        .filter(ReleasedCluster::isMaster);
  }

  private static boolean isMaster(ReleasedBroker broker) {
    try {
      return broker.id() == 0;
    } catch (CallFailed unknown) {
      return false;
    }
  }

  /** Creates a topic on every master. */
  public void createTopic(String topic, int queuesOfEach) {
    List<ReleasedBroker> masters =
        brokers.values().stream().map(ReleasedBroker::name).distinct().map(this::master).toList();
    new ServerTopics(client()).create(topic, queuesOfEach, "", masters);
  }

  /** What the broker with a label has set of a topic. */
  public TopicSettings settings(String topic, String label) {
    return new ServerTopics(client()).settings(topic, broker(label));
  }

  /** Sets what the broker with a label has of a topic, as administrators do. */
  public void set(String topic, String label, TopicSettings settings) {
    new ServerTopics(client()).set(topic, settings, broker(label));
  }

  /** How many messages the masters of a topic hold together. */
  public long messages(String topic) {
    return new ServerTopics(client()).messages(topic);
  }

  /** Waits until a slave shows all that its master holds of a topic now. */
  public void awaitReplicated(String topic, String slave) {
    ReleasedBroker copy = broker(slave);
    ServerWait.until(
        slave + " has all of " + topic,
        () -> client().messages(copy.address(), topic) >= messages(topic, copy.name()),
        copy.process());
  }

  /** Waits until every broker of an elected name that lives is one that could be elected. */
  public void awaitInStep(String broker) {
    long living =
        brokers.values().stream()
            .filter(one -> one.name().equals(broker) && one.process().isAlive())
            .count();
    ServerWait.until(
        "all of " + broker + " are in step",
        () -> new ClusterMembers(client()).inStep(plan.controller().address(), broker) == living);
  }

  private long messages(String topic, String broker) throws CallFailed {
    return client().messages(master(broker).address(), topic);
  }

  private RocketmqClient client() {
    return brokers.values().iterator().next().client();
  }

  /** Kills all servers. Their files stay. */
  @Override
  public void close() {
    brokers.values().forEach(ReleasedBroker::close);
    nameServers.forEach(ReleasedNameServer::close);
  }
}
