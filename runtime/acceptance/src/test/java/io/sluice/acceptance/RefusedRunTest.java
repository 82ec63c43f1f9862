package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
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
    try (Door door = new Door(tls())) {
      expect("rocketmq.tls-untrusted", door, "access: SSL\ntls: { trust: ca.pem }");
    }
  }

  @Test
  void aServerThatWantsTlsIsTriedNowAndThen() throws Exception {
    try (Door door = new Door(tls())) {
      expect("rocketmq.tls-required", door, "access: PLAINTEXT");
    }
  }

  private void expect(String code, Door door, String access) throws Exception {
    Path flow =
        Files.writeString(
            folder.resolve("flow.yaml"),
            """
            kind: Instance
            name: far
            endpoints: { private: { nameServer: "127.0.0.1:%d" } }
            acl: { accessKey: the-access-key, secretKey: the-secret-key }
            %s
            ---
            kind: EventFlow
            name: copy
            source: { rocketmq: { instance: far, topic: orders, groupID: GID_copy } }
            sink: { rocketmq: { instance: far, topic: orders_copy } }
            """
                .formatted(door.port(), access));
    try (Runtime runtime = Runtime.start(flow, folder.resolve("data-" + code))) {
      await().atMost(Duration.ofMinutes(1)).until(() -> runtime.output().contains(code));
      int before = door.knocks.get();
      await().pollDelay(WATCHED).atMost(WATCHED.multipliedBy(2)).until(() -> true);
      assertThat(door.knocks.get() - before).isBetween(1, MANY);
      assertThat(runtime.isAlive()).isTrue();
      assertThat(runtime.output()).doesNotContain("the-access-key", "the-secret-key");
    }
  }

  private static SSLContext tls() {
    return Authority.of("authority").issue("127.0.0.1").serverContext();
  }

  /** Counts connections, and ends those that do not come to a TLS handshake. */
  private static final class Door implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger knocks = new AtomicInteger();

    Door(SSLContext context) throws IOException {
      socket =
          context
              .getServerSocketFactory()
              .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread keeper = new Thread(this::answer, "door");
      keeper.setDaemon(true);
      keeper.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void answer() {
      while (!socket.isClosed()) {
        try (Socket knocking = socket.accept()) {
          knocks.incrementAndGet();
          ((SSLSocket) knocking).startHandshake();
        } catch (IOException refused) {
          // which is what this is about
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
