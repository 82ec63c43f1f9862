package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A name server and a broker of a released RocketMQ, 4.8.0, 4.9.7 or 5.5.0, each in its own JVM on
 * free ports of 127.0.0.1. They end when closed, or with the JVM that started them. For more than
 * one of either see {@link ReleasedCluster}.
 *
 * <p>The broker's name and that of its cluster are the name given at the start. Topics are not
 * created automatically, unless a property says so. 4.x cannot bind an address: it listens on all.
 *
 * <p>For one thread at a time, except that servers may be killed, paused and so on while others use
 * them. All methods block until what they say is so; they throw {@link IllegalStateException} with
 * the server's last words when it does not become so in time.
 */
public final class ReleasedServers implements AutoCloseable {
  private final ReleasedNameServer nameServer;
  private final ReleasedBroker broker;
  private final RocketmqClient client;
  private final ServerTopics topics;

  private ReleasedServers(
      String version,
      String name,
      Path directory,
      Map<String, String> brokerProperties,
      ServerSecurity security,
      Lifetime lifetime) {
    ServerFiles files = ServerFiles.create(directory);
    files.accounts(security);
    nameServer = ReleasedNameServer.start(version, files, Map.of(), security, lifetime);
    broker =
        ReleasedBroker.start(
            new ReleasedBroker.Plan(
                version, name, name, files, brokerProperties, security, lifetime),
            List.of(nameServer));
    client = broker.client();
    topics = new ServerTopics(client);
  }

  /** Starts both for a test. */
  public static ReleasedServers start(
      String version, String name, Path directory, Map<String, String> brokerProperties) {
    return start(version, name, directory, brokerProperties, Lifetime.SHORT);
  }

  /** Starts both for a test of who gets in. */
  public static ReleasedServers start(
      String version, String name, Path directory, ServerSecurity security) {
    ReleasedServers servers =
        started(new ReleasedServers(version, name, directory, Map.of(), security, Lifetime.SHORT));
    if (version.startsWith("5")) {
      security.others().forEach(servers::createUser);
    }
    return servers;
  }

  /**
   * Starts both; topics can be created when it returns.
   *
   * @param version 4.8.0, 4.9.7 or 5.5.0
   * @param name of the cluster and the broker
   * @param directory where configuration, store and logs go
   * @param brokerProperties replace or add properties of the broker
   * @param lifetime how long they are meant to run
   */
  public static ReleasedServers start(
      String version,
      String name,
      Path directory,
      Map<String, String> brokerProperties,
      Lifetime lifetime) {
    return started(
        new ReleasedServers(
            version, name, directory, brokerProperties, ServerSecurity.none(), lifetime));
  }

  private static ReleasedServers started(ReleasedServers servers) {
    try {
      servers.broker.awaitReady();
      return servers;
    } catch (RuntimeException failure) {
      servers.close();
      throw failure;
    }
  }

  /** The address of the name server, {@code 127.0.0.1:port}. */
  public String nameServer() {
    return nameServer.address();
  }

  /** The address of the broker, {@code 127.0.0.1:port}. */
  public String brokerAddress() {
    return broker.address();
  }

  /** Kills the broker, as {@code kill -9} does. */
  public void killBroker() {
    broker.kill();
  }

  /** Starts the broker again on its port, with its data; kills it before if it runs. */
  public void restartBroker() {
    broker.restart();
  }

  /**
   * The same, with something done to the broker's data in between.
   *
   * @param change takes the directory that holds what the broker stores
   */
  public void restartBroker(Consumer<Path> change) {
    broker.restart(change);
  }

  /** Stops the broker's process (SIGSTOP): connections stay open, and nobody answers. */
  public void pauseBroker() {
    broker.pause();
  }

  /** Lets the broker's process go on (SIGCONT). */
  public void continueBroker() {
    broker.goOn();
  }

  /**
   * Lets a 5.x broker refuse messages, with the answer of one whose disk is full, or take them
   * again. It takes itself for a slave meanwhile: how full a disk may be cannot be set below 35 %.
   */
  public void refuseMessages(boolean refuse) {
    try {
      // Otherwise a slave says that it is busy.
      client.configure(brokerAddress(), "enableSlaveActingMaster", Boolean.toString(refuse));
      client.configure(brokerAddress(), "brokerRole", refuse ? "SLAVE" : "ASYNC_MASTER");
    } catch (CallFailed failure) {
      throw new IllegalStateException("The broker cannot be configured", failure);
    }
  }

  /** Deletes a topic with its messages. */
  public void deleteTopic(String topic) {
    topics.delete(topic, broker);
  }

  /** Creates a topic, or changes the number of its queues. */
  public void createTopic(String topic, int queues) {
    topics.create(topic, queues, "", List.of(broker));
  }

  /** Creates a topic of a 5.x message type, such as FIFO, or changes the number of its queues. */
  public void createTopic(String topic, int queues, String messageType) {
    topics.create(topic, queues, "+message.type=" + messageType, List.of(broker));
  }

  /** Sets what the broker has of a topic, as administrators do. */
  public void set(String topic, TopicSettings settings) {
    topics.set(topic, settings, broker);
  }

  private void createUser(User user) {
    try {
      client.createUser(brokerAddress(), user, ServerAccounts.resources(user));
    } catch (CallFailed failure) {
      close();
      throw new IllegalStateException("User %s is not created".formatted(user.key()), failure);
    }
  }

  /** Creates many topics, in less time than one after the other. */
  public void createTopics(Collection<String> names, int queues) {
    topics.create(names, queues, List.of(broker));
  }

  /** The broker's consumer groups, as administrators see them; 5.x. */
  public ServerGroups groups() {
    return new ServerGroups(client, brokerAddress());
  }

  /** How many messages the queues of a topic hold together; one call, however many queues. */
  public long messages(String topic) {
    return topics.messages(topic);
  }

  /** Kills both servers. Their files stay. */
  @Override
  public void close() {
    broker.close();
    nameServer.close();
  }
}
