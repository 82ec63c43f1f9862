package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.BOTH;
import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.all;
import static io.sluice.rocketmq.ProxiedServers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proxy that passes acknowledgements on together. */
class GrpcBatchAckTest {
  private static final int QUEUES = 4;
  private static final int MESSAGES = 2_000;

  @RegisterExtension
  static final ProxiedServers SERVERS = new ProxiedServers(Map.of("enableBatchAck", "true"));

  @Test
  void nothingThatIsAcknowledgedComesAgain() throws Exception {
    SERVERS.brokers().createTopic("batched", QUEUES);
    SERVERS.brokers().createTopic("batched_copy", QUEUES);
    SERVERS.topics().sendNumbers("batched", QUEUES, 0, MESSAGES);

    DirectFlow flow = SERVERS.started(all(BOTH, "batched"), to(REMOTING, "batched_copy"));

    // It knows of no lag when all that could come again would have come.
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                flow.records.get() >= MESSAGES
                    && flow.source().progress().stream().allMatch(one -> one.lag().orElse(1) == 0));
    assertThat(SERVERS.topics().numbers("batched_copy"))
        .containsExactlyElementsOf(IntStream.range(0, MESSAGES).boxed().toList());
  }
}
