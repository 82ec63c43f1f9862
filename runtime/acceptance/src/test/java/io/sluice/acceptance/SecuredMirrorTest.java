package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.Authority;
import io.sluice.testkit.MessageLoad;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import io.sluice.testkit.ServerSecurity.Identity;
import io.sluice.testkit.ServerSecurity.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between instances that want TLS, certificates of their clients, and keys. */
class SecuredMirrorTest {
  private static final int MESSAGES = 5_000;
  private static final User ADMIN = User.of("administrator", "secret-of-admin");
  private static final User READER =
      new User(
          "reader-of-orders",
          "secret-of-reader",
          List.of("orders", "GID_orders_copy", "TOOLS_CONSUMER"),
          List.of());
  private static final User WRITER =
      new User(
          "writer-of-copy",
          "secret-of-writer",
          List.of("orders_copy", "TOOLS_CONSUMER"),
          List.of("orders_copy"));
  private static final Authority EAST = Authority.of("Authority of the east");
  private static final Authority WEST = Authority.of("Authority of the west");

  @TempDir Path folder;

  @Test
  void copiesEveryByteWithItsOwnAuthorityAndUserOnEitherSide() throws Exception { // I5, I9
    try (ReleasedServers source = servers("4.9.7", "source", EAST, READER);
        ReleasedServers target = servers("5.5.0", "target", WEST, WRITER)) {
      source.createTopic("orders", 4);
      target.createTopic("orders_copy", 4);
      MessageLoad.of(42).messages(MESSAGES).run(source.nameServer(), "orders");
      Path flows = write(source, target, "source-ca.pem");

      try (Runtime runtime =
          Runtime.start(flows, folder.resolve("data"), "--exit-when-idle", "2s")) {
        assertThat(runtime.await(Duration.ofMinutes(3))).as(runtime.output()).isZero();
        assertSecretsStayHidden(runtime.output());
        assertThat(runtime.output()).contains("flow.regions-apart");
      }

      MirrorReport result =
          MirrorCheck.between(source.nameServer(), "orders", target.nameServer(), "orders_copy")
              .run();
      assertThat(result.expected()).isEqualTo(MESSAGES);
      assertThat(result.isExact()).as(result.toString()).isTrue();
      saysWhatIsWrongAndGoesOnWhenItIsPutRight(source, target);
    }
  }

  private void saysWhatIsWrongAndGoesOnWhenItIsPutRight(
      ReleasedServers source, ReleasedServers target) throws Exception {
    Path trust = WEST.write(folder.resolve("late-ca.pem"));
    Path flows = write(source, target, "late-ca.pem");
    try (Runtime runtime = Runtime.start(flows, folder.resolve("other-data"))) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> runtime.output().contains("rocketmq.tls-untrusted"));
      EAST.write(trust);
      await().atMost(Duration.ofMinutes(1)).until(runtime::hasNoLag);
      assertSecretsStayHidden(runtime.output());
    }
  }

  private static void assertSecretsStayHidden(String output) {
    for (User user : List.of(READER, WRITER)) {
      assertThat(output).doesNotContain(user.key(), user.secret());
    }
  }

  private ReleasedServers servers(String version, String name, Authority authority, User user) {
    Path trust = authority.write(folder.resolve(name + "-ca.pem"));
    Identity identity = authority.issue("127.0.0.1").write(folder, name + "-server");
    authority.issue("127.0.0.1").write(folder, name + "-client");
    return ReleasedServers.start(
        version,
        name,
        folder.resolve(name),
        ServerSecurity.none()
            .withTls("enforcing", identity)
            .withClientAuthority(trust)
            .withUsers(ADMIN, user));
  }

  private Path write(ReleasedServers source, ReleasedServers target, String sourceTrust)
      throws IOException {
    String flow =
        """
        kind: EventFlow
        name: orders_copy
        source:
          rocketmq:
            instance: source
            topic: orders
            groupID: GID_orders_copy
            offset: CONSUME_FROM_FIRST_OFFSET
        sink:
          rocketmq: { instance: target, topic: orders_copy, createTopic: false }
        """;
    return Files.writeString(
        folder.resolve("flow.yaml"),
        instance("source", source, sourceTrust, READER)
            + instance("target", target, "target-ca.pem", WRITER)
            + flow);
  }

  private static String instance(String name, ReleasedServers servers, String trust, User user) {
    return """
        kind: Instance
        name: %1$s
        region: region-of-%1$s
        endpoints: { private: { nameServer: "%2$s" } }
        access: SSL
        tls: { trust: %3$s, certificate: %1$s-client.pem, privateKey: %1$s-client.key }
        acl: { accessKey: %4$s, secretKey: %5$s }
        ---
        """
        .formatted(name, servers.nameServer(), trust, user.key(), user.secret());
  }
}
