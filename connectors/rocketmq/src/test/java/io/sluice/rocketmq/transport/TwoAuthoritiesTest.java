package io.sluice.rocketmq.transport;

import static io.sluice.rocketmq.transport.Visitor.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.Authority;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances of one process with authorities of their own. */
class TwoAuthoritiesTest {
  private static final Authority EAST = Authority.of("Authority of the east");
  private static final Authority WEST = Authority.of("Authority of the west");

  @TempDir Path folder;

  @Test
  void eachInstanceHasItsOwnAuthorityAndExpiredCertificatesAreNamed() {
    Path east = EAST.write(folder.resolve("east.pem"));
    Path west = WEST.write(folder.resolve("west.pem"));
    try (ReleasedServers valid = servers("east", "enforcing", EAST.issue("127.0.0.1"));
        ReleasedServers expired = servers("west", "permissive", WEST.issueExpired("127.0.0.1"))) {
      Reach inEast = Reach.ssl(valid.nameServer(), east);
      Reach inWest = Reach.ssl(expired.nameServer(), west);
      try (Visitor visitor = new Visitor(inEast);
          Visitor unlucky = new Visitor(inWest)) {
        assertThat(visitor.visit("orders")).isEqualTo("welcome");
        assertThat(unlucky.visit("orders")).isEqualTo("rocketmq.tls-expired");
        assertThat(visitor.visit("orders")).isEqualTo("welcome");
      }
      assertThat(visit(inEast.at(expired.nameServer()), "orders"))
          .isEqualTo("rocketmq.tls-untrusted");
      assertThat(visit(Reach.plaintext(expired.nameServer()), "orders")).isEqualTo("welcome");
    }
  }

  private ReleasedServers servers(String name, String mode, Authority.Issued issued) {
    ReleasedServers servers =
        ReleasedServers.start(
            "5.5.0",
            name,
            folder.resolve(name),
            ServerSecurity.none().withTls(mode, issued.write(folder, name + "-server")));
    servers.createTopic("orders", 1);
    return servers;
  }
}
