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

/**
 * RocketMQ's own gRPC client before and behind Sluice. That client sends again what is not answered
 * within three seconds, as on a machine that stands still for a while: so what is to be copied is
 * what the source's topic holds.
 */
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
    List<Integer> stored = SERVERS.topics().numbers("official");

    SERVERS.started(all(BOTH, "official"), to(REMOTING, "official_copy"));
    SERVERS.started(all(REMOTING, "official_copy"), to(GRPC, "official_back"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> SERVERS.topics().size("official_back") >= stored.size());

    // The group is new, and its first message is still in memory: it begins there.
    assertThat(official().receive("official_back", "GID_official", stored.size()))
        .containsExactlyInAnyOrderElementsOf(stored.stream().map(sent::get).toList());
  }

  @Test
  void keepsTheOrderOfItsMessageGroups() throws Exception {
    SERVERS.brokers().createTopic("official_fifo", 4, "FIFO");
    SERVERS.brokers().createTopic("official_fifo_copy", 4, "FIFO");
    SERVERS.brokers().groups().createOrdered("GID_both_official_fifo");
    SERVERS.brokers().groups().createOrdered("GID_official_fifo");
    official().sendOrdered("official_fifo", MESSAGES);

    List<Integer> stored = SERVERS.topics().numbers("official_fifo");

    DirectFlow flow = SERVERS.started(all(BOTH, "official_fifo"), to(GRPC, "official_fifo_copy"));

    List<Seen> received =
        official().receive("official_fifo_copy", "GID_official_fifo", stored.size());
    for (int group = 0; group < 5; group++) {
      int remainder = group;
      assertThat(received.stream().map(seen -> Integer.valueOf(seen.body())))
          .as("group %d; what the flow was not sure of: %s", group, flow.unstored)
          .filteredOn(number -> number % 5 == remainder)
          .containsExactlyElementsOf(
              stored.stream().filter(number -> number % 5 == remainder).toList());
    }
  }

  private static OfficialGrpcClient official() {
    return new OfficialGrpcClient(SERVERS.proxy().grpcAddress());
  }
}
