package io.sluice.rocketmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.Authority;
import io.sluice.testkit.TlsDoor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks other versions of TLS than the instance may. */
class ProtocolsApartTest {
  @TempDir Path folder;

  @Test
  void isToldApartFromServersWithoutTls() {
    Authority authority = Authority.of("Authority");
    Path trust = authority.write(folder.resolve("ca.pem"));
    try (TlsDoor server = new TlsDoor(authority.issue("127.0.0.1").serverContext(), "TLSv1.2")) {
      Reach reach = Reach.ssl(server.address(), trust).protocols("TLSv1.3");

      assertThat(Visitor.visit(reach, "orders")).isEqualTo("rocketmq.tls-failed");
    }
  }
}
