package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.group;
import static io.sluice.rocketmq.BrokerPair.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlFilterTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  @AutoClose private static BrokerPair brokers;

  @BeforeAll
  static void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
  }

  @Test
  void copiesWhatTheBrokerLetsThroughAndGoesOnBehindIt() throws Exception {
    String topic = "sql";
    topics(topic);
    send(topic, 0, 20);
    DirectFlow flow = started(topic, "n >= 5 AND region = 'eu' AND TAGS = 'paid'");
    await().atMost(LIMIT).until(() -> brokers.atTarget.size(topic) == 3);
    assertThat(brokers.atTarget.numbers(topic)).isEqualTo(List.of(6, 12, 18));
    assertThat(flow.records.get()).isEqualTo(3);
    flow.close();

    send(topic, 20, 31);
    DirectFlow again = started(topic, "n >= 5 AND region = 'eu' AND TAGS = 'paid'");
    await().atMost(LIMIT).until(() -> brokers.atTarget.size(topic) >= 5);
    assertThat(brokers.atTarget.numbers(topic)).isEqualTo(List.of(6, 12, 18, 24, 30));
    assertThat(again.duplicates).hasValue(0);
  }

  @Test
  void namesTheSettingOfABrokerThatDoesNotEvaluateIt() throws Exception {
    String topic = "disabled";
    topics(topic);
    send(topic, 0, 7);
    evaluate(false);
    try {
      DirectFlow flow = started(topic, "region = 'eu'");
      await().atMost(LIMIT).until(() -> !flow.troubles.isEmpty());
      assertThat(flow.troubles.peek().code()).isEqualTo(RocketMqError.SQL_FILTER_DISABLED);
      assertThat(flow.troubles.peek().code().description().remedy())
          .contains("enablePropertyFilter=true");
      assertThat(flow.failures).isEmpty();
    } finally {
      evaluate(true);
    }
    await().atMost(LIMIT).until(() -> brokers.atTarget.size(topic) == 4);
  }

  private static void topics(String topic) throws Exception {
    brokers.topic(brokers.source, topic, 1);
    brokers.topic(brokers.target, topic, 1);
  }

  private static void send(String topic, int from, int to) throws Exception {
    for (int number = from; number < to; number++) {
      Message message =
          new Message(
              topic,
              number % 3 == 0 ? "paid" : "open",
              Integer.toString(number).getBytes(StandardCharsets.UTF_8));
      message.putUserProperty("n", Integer.toString(number));
      message.putUserProperty("region", number % 2 == 0 ? "eu" : "us");
      brokers.atSource.send(message, 0);
    }
  }

  private static DirectFlow started(String topic, String sql) {
    DirectFlow flow =
        brokers.flow(
            new RocketMqSourceConfiguration(
                "source",
                topic,
                Optional.of(group(topic)),
                "SQL92",
                "*",
                Optional.of(sql),
                ConsumeOffset.CONSUME_FROM_FIRST_OFFSET,
                Optional.empty(),
                "fail"),
            to(topic));
    flow.start().toCompletableFuture().join();
    return flow;
  }

  private static void evaluate(boolean expressions) throws Exception {
    Properties change = new Properties();
    change.setProperty("enablePropertyFilter", Boolean.toString(expressions));
    brokers.admin().updateBrokerConfig(brokers.source.brokerAddress(), change);
  }
}
