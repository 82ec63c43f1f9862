package io.sluice.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * The proxy of a released RocketMQ 5.5.0, in cluster mode, in its own JVM on free ports of
 * 127.0.0.1. It ends when closed, or with the JVM that started it. It keeps nothing: one that is
 * killed and started again is the same.
 *
 * <p>For one thread at a time. All methods block until what they say is so; they throw {@link
 * IllegalStateException} with the proxy's last words when it does not become so in time.
 */
public final class ReleasedProxy implements AutoCloseable {
  private static final String VERSION = "5.5.0";
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  /** A proxy ends if servers do not answer within 3 s while it starts, as on a busy machine. */
  private static final int STARTS = 3;

  private final ServerFiles files;
  private final int grpcPort = FreePorts.one();
  private final int remotingPort = FreePorts.one();
  private final ServerProcess.Program program;
  private ServerProcess process;

  private ReleasedProxy(
      String nameServer,
      String cluster,
      Path directory,
      ServerSecurity security,
      Lifetime lifetime,
      Map<String, String> settings) {
    files = ServerFiles.create(directory);
    Map<String, String> properties = new HashMap<>(ServerAccounts.proxyProperties(security));
    properties.put("rocketMQClusterName", cluster);
    properties.put("proxyName", "proxy-" + grpcPort);
    properties.put("proxyMode", "CLUSTER");
    properties.put("namesrvAddr", nameServer);
    properties.put("localServeAddr", LOOPBACK);
    properties.put("grpcServerPort", Integer.toString(grpcPort));
    properties.put("remotingListenPort", Integer.toString(remotingPort));
    properties.put("remotingAccessAddr", LOOPBACK);
    properties.put("enablePrintJstack", "false");
    security
        .certificate()
        .ifPresent(
            identity -> {
              properties.put("tlsTestModeEnable", "false");
              properties.put("tlsCertPath", identity.certificate().toString());
              properties.put("tlsKeyPath", identity.privateKey().toString());
            });
    properties.putAll(settings);
    program =
        new ServerProcess.Program(
            "org.apache.rocketmq.proxy.ProxyStartup",
            ServerClassPath.of(VERSION),
            "256m",
            lifetime,
            security,
            List.of("-pc", files.proxy(properties).toString()),
            // The servers behind it are reached as they want it, however it is reached itself.
            List.of("-Dtls.enable=" + ServerAccess.needsTls(nameServer)));
    process = ServerProcess.start(program, "proxy", files);
  }

  /**
   * Starts a proxy of servers 5.5.0.
   *
   * @param cluster name that the servers were given
   * @param directory where configuration and log go
   * @param security how clients reach the proxy; users are those of the servers
   */
  public static ReleasedProxy start(
      ReleasedServers servers, String cluster, Path directory, ServerSecurity security) {
    return start(servers, cluster, directory, security, Lifetime.SHORT, Map.of());
  }

  /**
   * The same with how long it is meant to run.
   *
   * @param settings replace or add properties of the proxy
   */
  public static ReleasedProxy start(
      ReleasedServers servers,
      String cluster,
      Path directory,
      ServerSecurity security,
      Lifetime lifetime,
      Map<String, String> settings) {
    ReleasedProxy proxy =
        new ReleasedProxy(servers.nameServer(), cluster, directory, security, lifetime, settings);
    try {
      proxy.awaitOpen();
      return proxy;
    } catch (RuntimeException failure) {
      proxy.close();
      throw failure;
    }
  }

  /** Where it speaks gRPC, {@code 127.0.0.1:port}. */
  public String grpcAddress() {
    return LOOPBACK + ":" + grpcPort;
  }

  /** Where it speaks remoting, {@code 127.0.0.1:port}. */
  public String remotingAddress() {
    return LOOPBACK + ":" + remotingPort;
  }

  /** Kills it, as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on its ports; kills it before if it runs. */
  public void restart() {
    kill();
    process = ServerProcess.start(program, "proxy", files);
    awaitOpen();
  }

  /** Kills it. Its files stay. */
  @Override
  public void close() {
    kill();
  }

  private void awaitOpen() {
    for (int starts = 1; !opens(); starts++) {
      if (starts == STARTS) {
        throw new IllegalStateException("Proxy: " + process.lastWords());
      }
      process = ServerProcess.start(program, "proxy", files);
    }
  }

  /** Waits until it listens; false if it has ended. */
  private boolean opens() {
    try {
      await("the proxy listens")
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .atMost(PATIENCE)
          .failFast("The proxy has ended", () -> !process.isAlive())
          .until(() -> isOpen(grpcPort) && isOpen(remotingPort));
      return true;
    } catch (TerminalFailureException ended) {
      return false;
    } catch (ConditionTimeoutException silent) {
      throw new IllegalStateException("Proxy: " + process.lastWords(), silent);
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port));
      return true;
    } catch (IOException closed) {
      return false;
    }
  }
}
