package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.BOTH;
import static io.sluice.rocketmq.ProxiedServers.GRPC;
import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.all;
import static io.sluice.rocketmq.ProxiedServers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.OfficialGrpcClient;
import io.sluice.testkit.OfficialGrpcClient.Seen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RocketMQ's own gRPC client before and behind Sluice. */
class OfficialClientTest {
  private static final int MESSAGES = 100;

  @RegisterExtension static final ProxiedServers SERVERS = new ProxiedServers();

  @Test
  void writesWhatSluiceReadsAndReadsWhatSluiceWrites() throws Exception {
    for (String topic : List.of("official", "official_copy", "official_back")) {
      SERVERS.brokers().createTopic(topic, 4);
    }
    List<Seen> sent = official().send("official", MESSAGES);
    assertThat(sent).hasSize(MESSAGES);

    SERVERS.started(all(BOTH, "official"), to(REMOTING, "official_copy"));
    SERVERS.started(all(REMOTING, "official_copy"), to(GRPC, "official_back"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> SERVERS.topics().size("official_back") >= MESSAGES);

    // The group is new, and its first message is still in memory: it begins there.
    assertThat(official().receive("official_back", "GID_official", MESSAGES))
        .containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void keepsTheOrderOfItsMessageGroups() throws Exception {
    SERVERS.brokers().createTopic("official_fifo", 4, "FIFO");
    SERVERS.brokers().createTopic("official_fifo_copy", 4, "FIFO");
    SERVERS.brokers().groups().createOrdered("GID_both_official_fifo");
    SERVERS.brokers().groups().createOrdered("GID_official_fifo");
    official().sendOrdered("official_fifo", MESSAGES);

    SERVERS.started(all(BOTH, "official_fifo"), to(GRPC, "official_fifo_copy"));

    List<Seen> received = official().receive("official_fifo_copy", "GID_official_fifo", MESSAGES);
    for (int group = 0; group < 5; group++) {
      int remainder = group;
      assertThat(received.stream().map(seen -> Integer.valueOf(seen.body())))
          .filteredOn(number -> number % 5 == remainder)
          .hasSize(MESSAGES / 5)
          .isSorted();
    }
  }

  private static OfficialGrpcClient official() {
    return new OfficialGrpcClient(SERVERS.proxy().grpcAddress());
  }
}
