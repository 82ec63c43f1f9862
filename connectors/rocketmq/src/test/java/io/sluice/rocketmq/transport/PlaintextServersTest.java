package io.sluice.rocketmq.transport;

import static io.sluice.rocketmq.transport.Visitor.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.instance.Access;
import io.sluice.testkit.ReleasedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS comes to where servers do not speak it. */
class PlaintextServersTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"4.9.7", "5.5.0"})
  void refuseTlsAndArePlaintextForThoseWhoMayDoWithoutIt(String version) {
    try (ReleasedServers servers = ReleasedServers.start(version, "here", folder, Map.of())) {
      servers.createTopic("orders", 1);
      Reach ssl = Reach.plaintext(servers.nameServer()).by(Access.SSL);
      Reach permissive = ssl.by(Access.PERMISSIVE);

      assertThat(visit(ssl, "orders")).isEqualTo("rocketmq.tls-not-offered");
      assertThat(visit(permissive.with(Reach.tls(Optional.empty(), true, true)), "orders"))
          .isEqualTo("rocketmq.tls-not-offered");
      try (Visitor visitor = new Visitor(permissive)) {
        assertThat(visitor.visit("orders")).isEqualTo("welcome");
        servers.restartBroker();
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(visitor.visit("orders")).isEqualTo("welcome"));
      }
    }
  }
}
