package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.BOTH;
import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.all;
import static io.sluice.rocketmq.ProxiedServers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Flows that read by gRPC as members of groups that consume in order, and of others. */
class GrpcOrderTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A hundred batches. */
  private static final int MANY = 3_200;

  @RegisterExtension static final ProxiedServers SERVERS = new ProxiedServers();

  @Test
  void aNewGroupReadsQueuesInOrderToTheEnd() throws Exception { // I4
    copy("fresh", MANY);

    assertThat(SERVERS.brokers().groups().isOrdered("GID_both_fresh")).isTrue();
    List<String> bodies =
        SERVERS.topics().read("fresh_copy", 0).stream().map(Topics.Content::body).toList();
    assertThat(bodies)
        .containsExactlyElementsOf(IntStream.range(0, MANY).mapToObj(Integer::toString).toList());
  }

  @Test
  void aGroupThatIsThereStaysAsItIs() throws Exception {
    SERVERS.brokers().groups().createUnordered("GID_both_used");

    copy("used", 200);

    assertThat(SERVERS.brokers().groups().isOrdered("GID_both_used")).isFalse();
    assertThat(SERVERS.topics().numbers("used_copy"))
        .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
  }

  private static void copy(String topic, int messages) throws Exception {
    SERVERS.brokers().createTopic(topic, 1);
    SERVERS.brokers().createTopic(topic + "_copy", 1);
    SERVERS.topics().sendNumbers(topic, 1, 0, messages);
    SERVERS.started(all(BOTH, topic), to(REMOTING, topic + "_copy"));
    await().atMost(PATIENCE).until(() -> SERVERS.topics().size(topic + "_copy") >= messages);
  }
}
