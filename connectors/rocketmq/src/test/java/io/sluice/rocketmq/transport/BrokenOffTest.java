package io.sluice.rocketmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.testkit.Authority;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are broken off, so that what becomes of their requests can be looked up. */
class BrokenOffTest {
  /** More than the operating system keeps for a connection. */
  private static final int REQUEST = 15 << 20;

  @TempDir Path folder;

  @Test
  @Timeout(60)
  void nothingOfARequestIsWrittenAnyMore() throws Exception { // I7
    Authority authority = Authority.of("authority");
    CountDownLatch reading = new CountDownLatch(1);
    try (ServerSocket server =
        authority
            .issue("127.0.0.1")
            .serverContext()
            .getServerSocketFactory()
            .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + server.getLocalPort();
      Reach reach = Reach.ssl(address, authority.write(folder.resolve("ca.pem")));
      CompletableFuture<Long> received =
          CompletableFuture.supplyAsync(() -> receive(server, reading));
      try (ClientPool.Lease lease =
          new ClientPool().lease(reach.instance(), ClientPool.Side.TARGET)) {
        RemotingClient client = lease.client();
        CompletableFuture<?> call =
            client.call(
                address,
                RequestCode.SEND_BATCH_MESSAGE,
                null,
                new byte[REQUEST],
                Duration.ofSeconds(2));
        assertThat(call).failsWithin(Duration.ofSeconds(10));
        client.disconnect(client.connection(address));
        reading.countDown();

        assertThat(received.get()).isBetween(1L, REQUEST - (1L << 20));
      }
    }
  }

  /** Counts what comes once it may read, after the handshake. */
  private static long receive(ServerSocket server, CountDownLatch reading) {
    long count = 0;
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      socket.startHandshake();
      reading.await();
      InputStream input = socket.getInputStream();
      byte[] buffer = new byte[1 << 16];
      for (int read = input.read(buffer); read > 0; read = input.read(buffer)) {
        count += read;
      }
    } catch (IOException broken) {
      return count;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    return count;
  }
}
