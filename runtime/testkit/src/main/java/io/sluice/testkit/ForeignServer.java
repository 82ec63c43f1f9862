package io.sluice.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * A released server of another system, in its own JVM on a free port of 127.0.0.1, with default
 * settings and an empty store. It ends when closed, or with the JVM that started it.
 *
 * <p>For one thread at a time. The methods that start one block until it takes connections; they
 * throw {@link IllegalStateException} with its last words when it does not in time.
 */
public final class ForeignServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final String HEAP = "256m";

  private final int port;
  private final ServerProcess process;

  private ForeignServer(int port, ServerProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * One node of Apache Kafka that is broker and controller. Topics come into being when they are
   * first used.
   *
   * @param directory where its files go
   */
  public static ForeignServer kafka(Path directory) throws IOException {
    int port = FreePorts.one();
    int controller = FreePorts.one();
    Path settings =
        Files.writeString(
            Files.createDirectories(directory).resolve("server.properties"),
            """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%2$d
            controller.listener.names=CONTROLLER
            listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            log.dirs=%3$s
            num.partitions=1
            offsets.topic.num.partitions=1
            offsets.topic.replication.factor=1
            group.initial.rebalance.delay.ms=0
            """
                .formatted(port, controller, directory.resolve("data")));
    ServerFiles files = ServerFiles.create(directory);
    ServerProcess formatting =
        start(
            "kafka.tools.StorageTool",
            "kafka",
            List.of("format", "--cluster-id", "MkU3OEVBNTcwNTJENDM2Qg", "-c", settings.toString()),
            files);
    await("the store is formatted").atMost(PATIENCE).until(() -> !formatting.isAlive());
    return started(port, start("kafka.Kafka", "kafka", List.of(settings.toString()), files));
  }

  /**
   * ActiveMQ Artemis, which takes AMQP 1.0 without credentials. Queues come into being when they
   * are first used.
   *
   * @param directory where its files go
   */
  public static ForeignServer artemis(Path directory) throws IOException {
    int port = FreePorts.one();
    Files.writeString(
        Files.createDirectories(directory.resolve("etc")).resolve("broker.xml"),
        """
        <configuration xmlns="urn:activemq">
          <core xmlns="urn:activemq:core">
            <security-enabled>false</security-enabled>
            <journal-type>NIO</journal-type>
            <max-disk-usage>-1</max-disk-usage>
            <acceptors>
              <acceptor name="amqp">tcp://127.0.0.1:%d?protocols=AMQP</acceptor>
            </acceptors>
            <address-settings>
              <address-setting match="#">
                <default-address-routing-type>ANYCAST</default-address-routing-type>
                <default-queue-routing-type>ANYCAST</default-queue-routing-type>
              </address-setting>
            </address-settings>
          </core>
        </configuration>
        """
            .formatted(port));
    ServerFiles files = ServerFiles.create(directory);
    return started(
        port,
        start(
            "org.apache.activemq.artemis.core.server.embedded.Main",
            "artemis",
            List.of(directory.toAbsolutePath().toString()),
            files));
  }

  private static ServerProcess start(
      String mainClass, String module, List<String> arguments, ServerFiles files) {
    return ServerProcess.start(
        new ServerProcess.Program(
            mainClass,
            ServerClassPath.of(module),
            HEAP,
            Lifetime.SHORT,
            ServerSecurity.none(),
            arguments),
        module,
        files);
  }

  private static ForeignServer started(int port, ServerProcess process) {
    ForeignServer server = new ForeignServer(port, process);
    try {
      await("the server listens")
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .atMost(PATIENCE)
          .failFast("The server has ended", () -> !process.isAlive())
          .until(server::isOpen);
      return server;
    } catch (ConditionTimeoutException | TerminalFailureException failure) {
      server.close();
      throw new IllegalStateException(process.lastWords(), failure);
    }
  }

  private boolean isOpen() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port));
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Where it takes connections, {@code 127.0.0.1:port}. */
  public String address() {
    return LOOPBACK + ":" + port;
  }

  /** Kills it. Its files stay. */
  @Override
  public void close() {
    process.kill();
  }
}
