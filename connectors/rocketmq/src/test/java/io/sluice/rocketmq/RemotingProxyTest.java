package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.THROUGH_PROXY;
import static io.sluice.rocketmq.ProxiedServers.all;
import static io.sluice.rocketmq.ProxiedServers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Remoting through the proxy of 5.x. */
class RemotingProxyTest {
  private static final int QUEUES = 4;

  @RegisterExtension static final ProxiedServers SERVERS = new ProxiedServers();

  @Test
  void reads() throws Exception {
    SERVERS.brokers().createTopic("read", QUEUES);
    SERVERS.brokers().createTopic("read_copy", QUEUES);
    SERVERS.topics().sendNumbers("read", QUEUES, 0, 1_000);

    DirectFlow flow = SERVERS.started(all(THROUGH_PROXY, "read"), to(REMOTING, "read_copy"));

    copied(flow, "read_copy");
  }

  @Test
  void writes() throws Exception {
    SERVERS.brokers().createTopic("written", QUEUES);
    SERVERS.brokers().createTopic("written_copy", QUEUES);
    SERVERS.topics().sendNumbers("written", QUEUES, 0, 1_000);

    DirectFlow flow = SERVERS.started(all(REMOTING, "written"), to(THROUGH_PROXY, "written_copy"));

    copied(flow, "written_copy");
  }

  private static void copied(DirectFlow flow, String topic) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(SERVERS.topics().numbers(topic))
                    .as("%s %s %s", flow.troubles, flow.unstored, flow.failures)
                    .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList()));
  }
}
