package io.sluice.rocketmq.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.Routes;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.rocketmq.transcode.SingleRequest;
import io.sluice.rocketmq.transport.Reach;
import io.sluice.sdk.batch.Position;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message without key, tag and properties, which is sent alone and not stamped. */
class BareMessageTest {
  private static final User ADMIN = User.of("administrator", "secret-of-admin");

  @TempDir Path folder;

  /** Servers leave fields without a text out when they check the signature. */
  @ParameterizedTest
  @ValueSource(strings = {"4.9.7", "5.5.0"})
  void isStoredByServersThatCheckSignatures(String version) {
    ServerSecurity users = ServerSecurity.none().withUsers(ADMIN);
    try (ReleasedServers servers = ReleasedServers.start(version, "signed", folder, users)) {
      servers.createTopic("orders", 1);

      assertThat(sent(Reach.plaintext(servers.nameServer()).as(ADMIN)))
          .isEqualTo(new BatchSender.Outcome.Stored(0));
      assertThat(servers.messages("orders")).isEqualTo(1);
    }
  }

  private static BatchSender.Outcome sent(Reach reach) {
    try (ClientPool.Lease lease =
        new ClientPool().lease(reach.instance(), ClientPool.Side.TARGET)) {
      TopicRoute route = Routes.find(lease.client(), "orders").join().orElseThrow();
      Queue queue = route.writable().get(0);
      SingleRequest bare =
          new SingleRequest(new Position(0), new Position(1), 0, 1, "", 0, "bare".getBytes());
      return new BatchSender(lease.client(), () -> route).send(queue, bare).join();
    }
  }
}
