package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.THROUGH_PROXY;
import static io.sluice.rocketmq.ProxiedServers.all;
import static io.sluice.rocketmq.ProxiedServers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.error.SluiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
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

  @Test
  void readsATopicOfTypeFifoInOrder() throws Exception {
    SERVERS.brokers().createTopic("fifo", QUEUES, "FIFO");
    SERVERS.brokers().createTopic("fifo_copy", QUEUES, "FIFO");
    sendGroups("fifo");

    DirectFlow flow = SERVERS.started(all(THROUGH_PROXY, "fifo"), to(REMOTING, "fifo_copy"));

    copied(flow, "fifo_copy");
    for (int queue = 0; queue < QUEUES; queue++) {
      assertThat(SERVERS.topics().messages("fifo_copy", queue))
          .extracting(RemotingProxyTest::text)
          .containsExactlyElementsOf(
              SERVERS.topics().messages("fifo", queue).stream()
                  .map(RemotingProxyTest::text)
                  .toList());
    }
  }

  @Test
  void aTopicOfTypeFifoRefusesBatches() throws Exception {
    SERVERS.brokers().createTopic("grouped", QUEUES, "FIFO");
    SERVERS.brokers().createTopic("refusing", QUEUES, "FIFO");
    sendGroups("grouped");

    DirectFlow flow = SERVERS.started(all(REMOTING, "grouped"), to(THROUGH_PROXY, "refusing"));

    await().atMost(Duration.ofSeconds(40)).until(() -> !flow.failures.isEmpty());
    assertThat(flow.failures).extracting(SluiceException::code).containsOnly(RocketMqError.REFUSED);
    assertThat(SERVERS.topics().size("refusing")).isZero();
  }

  private static void sendGroups(String topic) throws Exception {
    for (int queue = 0; queue < QUEUES; queue++) {
      List<Message> batch = new ArrayList<>();
      for (int number = queue; number < 1_000; number += QUEUES) {
        Message message = new Message(topic, Integer.toString(number).getBytes());
        MessageAccessor.putProperty(
            message, MessageConst.PROPERTY_SHARDING_KEY, "group-" + queue + "-" + number % 3);
        batch.add(message);
      }
      SERVERS.topics().send(batch, queue);
    }
  }

  private static String text(MessageExt message) {
    return message.getProperty(MessageConst.PROPERTY_SHARDING_KEY)
        + " "
        + new String(message.getBody());
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
