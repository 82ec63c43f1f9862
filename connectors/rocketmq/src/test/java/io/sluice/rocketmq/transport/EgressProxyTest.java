package io.sluice.rocketmq.transport;

import static io.sluice.rocketmq.transport.Visitor.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.EgressProxy.Login;
import io.sluice.sdk.instance.EgressProxy.Resolution;
import io.sluice.sdk.instance.EgressProxy.Type;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.testkit.Authority;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import io.sluice.testkit.egress.EgressServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are reached through a proxy, in plaintext and with TLS. */
class EgressProxyTest {
  private static final String TOPIC = "orders";
  private static final String WELCOME = "welcome";
  private static final String PASSWORD = "swordfish";

  @TempDir static Path folder;
  private static Path trust;
  private static ReleasedServers servers;

  @BeforeAll
  static void start() {
    Authority authority = Authority.of("Authority");
    trust = authority.write(folder.resolve("ca.pem"));
    servers =
        ReleasedServers.start(
            "5.5.0",
            "behind",
            folder.resolve("servers"),
            ServerSecurity.none()
                .withTls("permissive", authority.issue("127.0.0.1").write(folder, "server")));
    servers.createTopic(TOPIC, 1);
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  private static EgressServer server(Type type, Optional<String> login) {
    return type == Type.SOCKS5 ? EgressServer.socks5(login) : EgressServer.http(login);
  }

  private static EgressProxy proxy(Type type, String address, Resolution resolution) {
    return new EgressProxy(type, address, Optional.empty(), resolution);
  }

  private static EgressProxy proxy(Type type, EgressServer server, String password) {
    Login login = new Login("somebody", Secret.of(password));
    return new EgressProxy(type, server.address(), Optional.of(login), Resolution.HERE);
  }

  private static Reach plaintext() {
    return Reach.plaintext(servers.nameServer());
  }

  @ParameterizedTest
  @EnumSource(Type.class)
  void connectionsToNameServersAndBrokersGoThroughIt(Type type) {
    try (EgressServer server = server(type, Optional.empty())) {
      EgressProxy proxy = proxy(type, server.address(), Resolution.HERE);

      assertThat(visit(plaintext().through(proxy), TOPIC)).isEqualTo(WELCOME);
      assertThat(server.destinations())
          .containsExactly(servers.nameServer(), servers.brokerAddress());
      assertThat(visit(Reach.ssl(servers.nameServer(), trust).through(proxy), TOPIC))
          .as("the certificate is that of the server, not of the proxy")
          .isEqualTo(WELCOME);
      assertThat(visit(plaintext().by(Access.PERMISSIVE).through(proxy), TOPIC))
          .as("what the JDK trusts is not asked of the proxy either")
          .isEqualTo("rocketmq.tls-untrusted");
    }
  }

  @ParameterizedTest
  @EnumSource(Type.class)
  void namesThatOnlyTheProxyKnowsAreLookedUpThere(Type type) {
    try (EgressServer server = server(type, Optional.empty())) {
      server.name("rmq.invalid", "127.0.0.1");
      String port = servers.nameServer().substring("127.0.0.1".length());
      Reach byName = plaintext().at("rmq.invalid" + port);

      assertThat(visit(byName.through(proxy(type, server.address(), Resolution.PROXY)), TOPIC))
          .isEqualTo(WELCOME);
      assertThat(server.destinations()).contains("rmq.invalid" + port);
      assertThat(visit(byName.through(proxy(type, server.address(), Resolution.HERE)), TOPIC))
          .isNotEqualTo(WELCOME);
    }
  }

  @ParameterizedTest
  @EnumSource(Type.class)
  void aProxyThatAsksForALoginGetsIt(Type type) { // I9
    try (EgressServer server = server(type, Optional.of("somebody:" + PASSWORD))) {
      assertThat(visit(plaintext().through(proxy(type, server, PASSWORD)), TOPIC))
          .isEqualTo(WELCOME);
      assertThat(visit(plaintext().through(proxy(type, server.address(), Resolution.HERE)), TOPIC))
          .isEqualTo("rocketmq.proxy-failed");

      try (Visitor visitor = new Visitor(plaintext().through(proxy(type, server, "wrong-word")))) {
        SluiceException failure = visitor.failure(TOPIC).orElseThrow();
        assertThat(failure.code().id()).isEqualTo("rocketmq.proxy-failed");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
          assertThat(cause.toString()).doesNotContain("wrong-word");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Type.class)
  void aProxyThatIsNotThereOrReachesNobodyIsNamed(Type type) {
    EgressProxy absent = proxy(type, "127.0.0.1:" + FreePorts.one(), Resolution.HERE);
    try (EgressServer server = server(type, Optional.empty());
        Visitor away = new Visitor(plaintext().through(absent));
        Visitor lost =
            new Visitor(
                plaintext()
                    .at("127.0.0.1:" + FreePorts.one())
                    .through(proxy(type, server.address(), Resolution.HERE)))) {
      for (Visitor visitor : new Visitor[] {away, lost}) {
        SluiceException failure = visitor.failure(TOPIC).orElseThrow();
        assertThat(failure.code().id()).isEqualTo("rocketmq.proxy-failed");
        assertThat(failure.message()).contains("the proxy 127.0.0.1:");
      }
    }
  }

  @Test
  void aProxyThatSaysNothingIsWaitedForAsLongAsIsSaid() throws IOException {
    Timeouts timeouts = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(20));
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      EgressProxy proxy = proxy(Type.SOCKS5, "127.0.0.1:" + silent.getLocalPort(), Resolution.HERE);
      assertThat(visit(plaintext().through(proxy).within(timeouts), TOPIC))
          .isEqualTo("rocketmq.proxy-failed");
    }
  }
}
