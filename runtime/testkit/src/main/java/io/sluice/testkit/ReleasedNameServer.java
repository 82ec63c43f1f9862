package io.sluice.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A name server of a released RocketMQ, in its own JVM on a free port of 127.0.0.1. It keeps
 * nothing: one that is killed and started again knows the brokers that register anew.
 */
public final class ReleasedNameServer implements AutoCloseable {
  private final String address;
  private final ServerFiles files;
  private final ServerProcess.Program program;
  private final RocketmqClient client;
  private ServerProcess process;

  private ReleasedNameServer(
      String version,
      ServerFiles files,
      Map<String, String> properties,
      ServerSecurity security,
      Lifetime lifetime) {
    this.files = files;
    int port = FreePorts.one();
    address = "127.0.0.1:" + port;
    program =
        new ServerProcess.Program(
            "org.apache.rocketmq.namesrv.NamesrvStartup",
            ServerClassPath.of(version),
            "128m",
            lifetime,
            security,
            List.of("-c", files.nameServer(port, properties).toString()));
    ServerAccess.remember(address, security);
    client = new RocketmqClient(address);
    process = launch();
  }

  /** Starts one; returns before it answers. */
  static ReleasedNameServer start(
      String version,
      ServerFiles files,
      Map<String, String> properties,
      ServerSecurity security,
      Lifetime lifetime) {
    return new ReleasedNameServer(version, files, properties, security, lifetime);
  }

  /** Starts one that no broker registers at. */
  public static ReleasedNameServer start(String version, Path directory) {
    ReleasedNameServer server =
        start(
            version,
            ServerFiles.create(directory),
            Map.of(),
            ServerSecurity.none(),
            Lifetime.SHORT);
    server.awaitOpen();
    return server;
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return address;
  }

  /**
   * Makes one that no broker registers at believe in a broker: it answers with that, as one that
   * has not noticed that the broker moved, for two minutes or until it is closed.
   */
  public void believe(String broker, String brokerAddress, String topic, int queues) {
    try {
      new ClusterMembers(client).register(address, broker, brokerAddress, topic, queues);
    } catch (RocketmqClient.CallFailed failure) {
      throw new IllegalStateException("%s is not registered".formatted(broker), failure);
    }
  }

  /** Kills it, as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on its port; kills it before if it runs. Brokers register a little later. */
  public void restart() {
    kill();
    process = launch();
    awaitOpen();
  }

  /** Stops its process (SIGSTOP): it takes connections, and does not answer. */
  public void pause() {
    process.pause();
  }

  /** Lets its process go on (SIGCONT). */
  public void goOn() {
    process.goOn();
  }

  ServerProcess process() {
    return process;
  }

  private ServerProcess launch() {
    return ServerProcess.start(program, "name-server", files);
  }

  private void awaitOpen() {
    ServerWait.until(
        "the name server answers", () -> new ClusterMembers(client).answers(address), process);
  }

  /** Kills it. Its files stay. */
  @Override
  public void close() {
    kill();
    client.close();
    ServerAccess.forget(address);
  }
}
