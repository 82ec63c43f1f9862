package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.BOTH;
import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.to;
import static io.sluice.rocketmq.source.ConsumeOffset.CONSUME_FROM_FIRST_OFFSET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which messages a source gets by gRPC, from where on, and how their bodies come. */
class GrpcFilterTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension static final ProxiedServers SERVERS = new ProxiedServers();

  private static void send(String topic) throws Exception {
    SERVERS.brokers().createTopic(topic, 1);
    SERVERS.brokers().createTopic(topic + "_copy", 1);
    for (int number = 0; number < 12; number++) {
      Message message = new Message(topic, Integer.toString(number).getBytes());
      message.setTags(number % 3 == 0 ? "third" : "other");
      message.putUserProperty("number", Integer.toString(number));
      SERVERS.topics().send(message, 0);
    }
  }

  private static void copies(RocketMqSourceConfiguration from, Integer... numbers)
      throws Exception {
    String copy = from.topic() + "_copy";
    SERVERS.started(from, to(REMOTING, copy));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(SERVERS.topics().numbers(copy)).containsExactly(numbers));
  }

  @Test
  void byTag() throws Exception {
    send("tagged");

    copies(
        ProxiedServers.from(
            BOTH, "tagged", CONSUME_FROM_FIRST_OFFSET, "third || none", Optional.empty()),
        0,
        3,
        6,
        9);
  }

  @Test
  void bySql() throws Exception {
    send("queried");

    copies(
        ProxiedServers.from(
            BOTH, "queried", CONSUME_FROM_FIRST_OFFSET, "*", Optional.of("number > 9")),
        10,
        11);
  }

  @Test
  void bySqlWhereBrokersEvaluateNoneForOthers() throws Exception {
    evaluate(false);
    try {
      send("unasked");

      copies(
          ProxiedServers.from(
              BOTH, "unasked", CONSUME_FROM_FIRST_OFFSET, "*", Optional.of("number > 9")),
          10,
          11);
    } finally {
      evaluate(true);
    }
  }

  private static void evaluate(boolean expressions) throws Exception {
    Properties change = new Properties();
    change.setProperty("enablePropertyFilter", Boolean.toString(expressions));
    DefaultMQAdminExt admin = new DefaultMQAdminExt();
    admin.setNamesrvAddr(SERVERS.brokers().nameServer());
    admin.start();
    try {
      admin.updateBrokerConfig(SERVERS.brokers().brokerAddress(), change);
    } finally {
      admin.shutdown();
    }
  }

  @Test
  void fromATimeOn() throws Exception {
    send("timed");
    long middle = SERVERS.topics().messages("timed", 0).get(7).getStoreTimestamp();
    int first =
        (int)
            SERVERS.topics().messages("timed", 0).stream()
                .filter(message -> message.getStoreTimestamp() < middle)
                .count();
    List<Integer> expected = new ArrayList<>();
    for (int number = first; number < 12; number++) {
      expected.add(number);
    }

    copies(
        new RocketMqSourceConfiguration(
            BOTH,
            "timed",
            Optional.of("GID_timed"),
            "TAG",
            "*",
            Optional.empty(),
            ConsumeOffset.CONSUME_FROM_TIMESTAMP,
            Optional.of(Long.toString(middle)),
            "fail"),
        expected.toArray(Integer[]::new));
  }

  @Test
  void inflatesWhatProducersCompressed() throws Exception {
    SERVERS.brokers().createTopic("compressed", 1);
    SERVERS.brokers().createTopic("compressed_copy", 1);
    String body = "0123456789".repeat(1_000);
    for (CompressionType type : CompressionType.values()) {
      DefaultMQProducer producer = new DefaultMQProducer("GID_" + type);
      producer.setNamesrvAddr(SERVERS.brokers().nameServer());
      producer.setInstanceName(type.name());
      producer.setCompressMsgBodyOverHowmuch(100);
      producer.setCompressType(type);
      producer.start();
      producer.send(new Message("compressed", body.getBytes()));
      producer.shutdown();
    }

    SERVERS.started(ProxiedServers.all(BOTH, "compressed"), to(REMOTING, "compressed_copy"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(SERVERS.topics().read("compressed_copy", 0))
                    .extracting(Topics.Content::body)
                    .containsOnly(body)
                    .hasSize(CompressionType.values().length));
  }
}
