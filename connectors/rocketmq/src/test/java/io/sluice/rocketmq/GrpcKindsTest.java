package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.BOTH;
import static io.sluice.rocketmq.ProxiedServers.GRPC;
import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.all;
import static io.sluice.rocketmq.ProxiedServers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.error.SluiceException;
import java.time.Duration;
import java.util.List;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What by gRPC becomes of messages that are not just messages. */
class GrpcKindsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Brokers keep due times to the second. */
  private static final long PRECISION_MILLIS = 1_000;

  @RegisterExtension static final ProxiedServers SERVERS = new ProxiedServers();

  @Test
  void delayedMessagesCrossWhenTheyAreDue() throws Exception {
    SERVERS.brokers().createTopic("delayed", 1, "DELAY");
    SERVERS.brokers().createTopic("delayed_by_grpc", 1);
    SERVERS.brokers().createTopic("delayed_back", 1);
    SERVERS.started(all(REMOTING, "delayed"), to(GRPC, "delayed_by_grpc"));
    SERVERS.started(all(BOTH, "delayed"), to(REMOTING, "delayed_back"));
    long due = System.currentTimeMillis() + 6_000;
    Message timed = new Message("delayed", "1".getBytes());
    timed.setDeliverTimeMs(due);
    Message level = new Message("delayed", "2".getBytes());
    level.setDelayTimeLevel(2);

    SERVERS.topics().send(timed, 0);
    SERVERS.topics().send(level, 0);

    for (String copy : List.of("delayed_by_grpc", "delayed_back")) {
      await().atMost(PATIENCE).until(() -> SERVERS.topics().size(copy) == 2);
      assertThat(SERVERS.topics().numbers(copy)).containsExactly(1, 2);
      for (MessageExt message : SERVERS.topics().messages(copy, 0)) {
        assertThat(message.getProperties())
            .doesNotContainKeys(
                MessageConst.PROPERTY_TIMER_DELIVER_MS,
                MessageConst.PROPERTY_TIMER_DELAY_MS,
                MessageConst.PROPERTY_DELAY_TIME_LEVEL);
        assertThat(message.getStoreTimestamp())
            .isGreaterThanOrEqualTo(
                (new String(message.getBody()).equals("1") ? due : due - 1_000) - PRECISION_MILLIS);
      }
    }
  }

  @Test
  void aTopicForDelayedMessagesRefusesWhatIsDue() throws Exception {
    SERVERS.brokers().createTopic("due", 1);
    SERVERS.brokers().createTopic("delays", 1, "DELAY");
    SERVERS.topics().sendNumbers("due", 1, 0, 3);

    DirectFlow flow = SERVERS.started(all(REMOTING, "due"), to(GRPC, "delays"));

    await().atMost(PATIENCE).until(() -> !flow.failures.isEmpty());
    assertThat(flow.failures)
        .extracting(SluiceException::code)
        .containsExactly(RocketMqError.REFUSED);
    assertThat(SERVERS.topics().size("delays")).isZero();
  }
}
