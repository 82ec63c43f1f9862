package io.sluice.testkit;

import static org.awaitility.Awaitility.await;

import io.sluice.testkit.RocketmqClient.CallFailed;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * A name server and a broker of a released RocketMQ, 4.8.0, 4.9.7 or 5.5.0, each in its own JVM on
 * free ports of 127.0.0.1. They end when closed, or with the JVM that started them.
 *
 * <p>The broker's name and that of its cluster are the name given at the start. Topics are not
 * created automatically, unless a property says so. 4.x cannot bind an address: it listens on all.
 *
 * <p>For one thread at a time, except that servers may be killed, paused and so on while others use
 * them. All methods block until what they say is so; they throw {@link IllegalStateException} with
 * the server's last words when it does not become so in time.
 */
public final class ReleasedServers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  private final String name;
  private final ServerFiles files;
  private final String nameServer;
  private final String brokerAddress;
  private final ServerProcess.Program brokerProgram;
  private final ServerProcess nameServerProcess;
  private final RocketmqClient client;
  private ServerProcess brokerProcess;

  private ReleasedServers(
      String version,
      String name,
      Path directory,
      Map<String, String> brokerProperties,
      ServerSecurity security,
      Lifetime lifetime) {
    this.name = name;
    files = ServerFiles.create(directory);
    files.accounts(security);
    String classPath = ServerClassPath.of(version);
    int nameServerPort = FreePorts.one();
    int brokerPort = FreePorts.ofBroker();
    nameServer = "127.0.0.1:" + nameServerPort;
    brokerAddress = "127.0.0.1:" + brokerPort;
    Map<String, String> properties = new HashMap<>(ServerAccounts.properties(security));
    properties.putAll(brokerProperties);
    brokerProgram =
        new ServerProcess.Program(
            "org.apache.rocketmq.broker.BrokerStartup",
            classPath,
            "512m",
            lifetime,
            security,
            List.of("-c", files.broker(name, brokerPort, nameServer, properties).toString()));
    ServerAccess.remember(nameServer, security);
    client = new RocketmqClient(nameServer);
    nameServerProcess =
        ServerProcess.start(
            new ServerProcess.Program(
                "org.apache.rocketmq.namesrv.NamesrvStartup",
                classPath,
                "128m",
                lifetime,
                security,
                List.of("-c", files.nameServer(nameServerPort).toString())),
            "name-server",
            files);
    brokerProcess = startBroker();
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
      servers.awaitReady();
      return servers;
    } catch (RuntimeException failure) {
      servers.close();
      throw failure;
    }
  }

  /** The address of the name server, {@code 127.0.0.1:port}. */
  public String nameServer() {
    return nameServer;
  }

  /** The address of the broker, {@code 127.0.0.1:port}. */
  public String brokerAddress() {
    return brokerAddress;
  }

  /** Kills the broker, as {@code kill -9} does. */
  public void killBroker() {
    brokerProcess.kill();
    awaitThat("the name server has forgotten the broker", () -> !isRouted(name), nameServerProcess);
  }

  /** Starts the broker again on its port, with its data; kills it before if it runs. */
  public void restartBroker() {
    restartBroker(files -> {});
  }

  /**
   * The same, with something done to the broker's data in between.
   *
   * @param change takes the directory that holds what the broker stores
   */
  public void restartBroker(Consumer<Path> change) {
    killBroker();
    change.accept(files.store());
    brokerProcess = startBroker();
    awaitReady();
  }

  /** Stops the broker's process (SIGSTOP): connections stay open, and nobody answers. */
  public void pauseBroker() {
    brokerProcess.pause();
  }

  /** Lets the broker's process go on (SIGCONT). */
  public void continueBroker() {
    brokerProcess.goOn();
  }

  /**
   * Lets a 5.x broker refuse messages, with the answer of one whose disk is full, or take them
   * again. It takes itself for a slave meanwhile: how full a disk may be cannot be set below 35 %.
   */
  public void refuseMessages(boolean refuse) {
    try {
      // Otherwise a slave says that it is busy.
      client.configure(brokerAddress, "enableSlaveActingMaster", Boolean.toString(refuse));
      client.configure(brokerAddress, "brokerRole", refuse ? "SLAVE" : "ASYNC_MASTER");
    } catch (CallFailed failure) {
      throw new IllegalStateException("The broker cannot be configured", failure);
    }
  }

  /** Deletes a topic with its messages. */
  public void deleteTopic(String topic) {
    try {
      client.deleteTopic(brokerAddress, topic);
    } catch (CallFailed failure) {
      throw new IllegalStateException("Topic %s is not deleted".formatted(topic), failure);
    }
  }

  /** Creates a topic, or changes the number of its queues. */
  public void createTopic(String topic, int queues) {
    create(topic, queues, "");
  }

  private void awaitQueues(String topic, int queues) {
    awaitThat(
        "topic %s has %d queues".formatted(topic, queues),
        () -> client.routes(topic).stream().anyMatch(route -> route.queues() == queues),
        nameServerProcess,
        brokerProcess);
  }

  private void createUser(User user) {
    try {
      client.createUser(brokerAddress, user, ServerAccounts.resources(user));
    } catch (CallFailed failure) {
      close();
      throw new IllegalStateException("User %s is not created".formatted(user.key()), failure);
    }
  }

  /** Creates a topic of a 5.x message type, such as FIFO, or changes the number of its queues. */
  public void createTopic(String topic, int queues, String messageType) {
    create(topic, queues, "+message.type=" + messageType);
  }

  private void create(String topic, int queues, String attributes) {
    demand(topic, queues, attributes);
    awaitQueues(topic, queues);
  }

  private void demand(String topic, int queues, String attributes) {
    try {
      client.createTopic(brokerAddress, topic, queues, attributes);
    } catch (CallFailed failure) {
      throw new IllegalStateException("Topic %s is not created".formatted(topic), failure);
    }
  }

  /** Creates many topics, in less time than one after the other. */
  public void createTopics(Collection<String> topics, int queues) {
    topics.forEach(topic -> demand(topic, queues, ""));
    topics.forEach(topic -> awaitQueues(topic, queues));
  }

  /** Creates a consumer group, whose messages are handed out in order of their message groups. */
  public void createOrderedGroup(String group) {
    try {
      client.createGroup(brokerAddress, group);
    } catch (CallFailed failure) {
      throw new IllegalStateException("Group %s is not created".formatted(group), failure);
    }
  }

  /** How many messages the queues of a topic hold together; one call, however many queues. */
  public long messages(String topic) {
    try {
      long messages = 0;
      for (RocketmqClient.Route route : client.routes(topic)) {
        messages += client.messages(route.address(), topic);
      }
      return messages;
    } catch (CallFailed failure) {
      throw new IllegalStateException("Topic %s cannot be counted".formatted(topic), failure);
    }
  }

  /** Kills both servers. Their files stay. */
  @Override
  public void close() {
    brokerProcess.kill();
    nameServerProcess.kill();
    client.close();
    ServerAccess.forget(nameServer);
  }

  private ServerProcess startBroker() {
    return ServerProcess.start(brokerProgram, "broker", files);
  }

  private void awaitReady() {
    awaitThat(
        "the broker answers",
        () -> client.answers(brokerAddress),
        nameServerProcess,
        brokerProcess);
    awaitThat("the broker is registered", this::registers, nameServerProcess, brokerProcess);
  }

  /** Asks the broker to register; by itself 5.x does so 10 s after it missed its first chance. */
  private boolean registers() throws CallFailed {
    if (!isRouted(name)) {
      client.configure(brokerAddress, "brokerPermission", "6");
    }
    return isRouted(name);
  }

  /** Each broker has a topic with its own name. */
  private boolean isRouted(String topic) {
    try {
      return !client.routes(topic).isEmpty();
    } catch (CallFailed unknown) {
      return false;
    }
  }

  private void awaitThat(String what, Callable<Boolean> condition, ServerProcess... needed) {
    try {
      await(what)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .atMost(PATIENCE)
          .ignoreExceptions()
          .failFast("A server has ended", () -> !Stream.of(needed).allMatch(ServerProcess::isAlive))
          .until(condition);
    } catch (ConditionTimeoutException | TerminalFailureException failure) {
      throw new IllegalStateException(
          "Not so within %s: %s\nBroker: %s\nName server: %s"
              .formatted(PATIENCE, what, brokerProcess.lastWords(), nameServerProcess.lastWords()),
          failure);
    }
  }
}
