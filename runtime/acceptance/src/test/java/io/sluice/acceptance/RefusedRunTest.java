package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.Authority;
import io.sluice.testkit.TlsDoor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run at whose door is knocked in vain says why, and does not knock without end. */
class RefusedRunTest {
  private static final Duration WATCHED = Duration.ofSeconds(10);

  /** With a pause of a second each, and what one look-up takes. */
  private static final int MANY = 25;

  @TempDir Path folder;

  @Test
  void aServerOfAnUnknownAuthorityIsTriedNowAndThen() throws Exception {
    Authority.of("authority of others").write(folder.resolve("ca.pem"));
    try (TlsDoor door = new TlsDoor(tls())) {
      expect("rocketmq.tls-untrusted", door, "access: SSL\ntls: { trust: ca.pem }");
    }
  }

  @Test
  void aServerThatWantsTlsIsTriedNowAndThen() throws Exception {
    try (TlsDoor door = new TlsDoor(tls())) {
      expect("rocketmq.tls-required", door, "access: PLAINTEXT");
    }
  }

  private void expect(String code, TlsDoor door, String access) throws Exception {
    Path flow =
        Files.writeString(
            folder.resolve("flow.yaml"),
            """
            kind: Instance
            name: far
            endpoints: { private: { nameServer: "%s" } }
            acl: { accessKey: the-access-key, secretKey: the-secret-key }
            %s
            ---
            kind: EventFlow
            name: copy
            source: { rocketmq: { instance: far, topic: orders, groupID: GID_copy } }
            sink: { rocketmq: { instance: far, topic: orders_copy } }
            """
                .formatted(door.address(), access));
    try (Runtime runtime = Runtime.start(flow, folder.resolve("data-" + code))) {
      await().atMost(Duration.ofMinutes(1)).until(() -> runtime.output().contains(code));
      int before = door.knocks();
      await().pollDelay(WATCHED).atMost(WATCHED.multipliedBy(2)).until(() -> true);
      assertThat(door.knocks() - before).isBetween(1, MANY);
      assertThat(runtime.isAlive()).isTrue();
      assertThat(runtime.output()).doesNotContain("the-access-key", "the-secret-key");
    }
  }

  private static SSLContext tls() {
    return Authority.of("authority").issue("127.0.0.1").serverContext();
  }
}
