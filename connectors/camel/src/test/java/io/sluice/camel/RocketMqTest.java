package io.sluice.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.IntegratedBroker;
import io.sluice.broker.TopicType;
import io.sluice.camel.source.CamelSourceConfiguration;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.WriteResult.Stored;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocketMqTest {
  @TempDir static Path folder;
  private static IntegratedBroker broker;

  @BeforeAll
  static void start() {
    broker = IntegratedBroker.builder("shop").dataDir(folder).start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static String uri(String topic, String options) {
    return "rocketmq:" + topic + "?namesrvAddr=" + broker.nameServerAddress() + "&" + options;
  }

  private static void write(String topic, String... bodies) {
    try (Writing writing = Writing.of(uri(topic, "producerGroup=writers"))) {
      assertThat(writing.write(Writing.batch(bodies)).join()).isInstanceOf(Stored.class);
    }
  }

  private static Reading read(String topic) {
    return Reading.of(uri(topic, "consumerGroup=readers-of-" + topic));
  }

  @Test
  void keysAndTagGoThrough() throws Exception {
    broker.createTopic("through", 1, TopicType.NORMAL);
    try (Reading reading =
        Reading.of(
            Reading.configuration(
                uri("through", "consumerGroup=readers&subscribeTags=paid"),
                "CamelRockerMQTag",
                "CamelRockerMQKey"))) {
      write("through", "a", "b", "c");
      List<DetachedRecord> records = reading.records(3);
      assertThat(records)
          .extracting(Reading::text)
          .containsExactlyInAnyOrder("a", "b", "c"); // Camel's consumer keeps no order.
      assertThat(records)
          .allMatch(record -> record.userProperty("CamelRockerMQTag").get().equals("paid"))
          .allMatch(
              record ->
                  record
                      .userProperty("CamelRockerMQKey")
                      .get()
                      .equals("key-" + Reading.text(record)));
    }
  }

  @Test
  void aMessageComesAgainWhenTheFlowStoppedBefore() throws Exception { // I1
    broker.createTopic("again", 1, TopicType.NORMAL);
    Reading reading = read("again");
    write("again", "a");
    reading.next();
    reading.close();

    try (Reading again = read("again")) {
      assertThat(Reading.text(again.records(1).get(0))).isEqualTo("a");
    }
  }

  @Test
  void aMessageThatFailedComesAgain() throws Exception { // I1
    broker.createTopic("failed", 1, TopicType.NORMAL);
    String large = "x".repeat(100_001);
    try (Reading reading = read("failed")) {
      write("failed", large, "b");
      assertThat(Reading.text(reading.records(1).get(0))).isEqualTo("b");
    }

    CamelSourceConfiguration larger =
        new CamelSourceConfiguration(
            uri("failed", "consumerGroup=readers-of-failed"),
            Map.of(),
            Map.of(),
            Optional.empty(),
            List.of(),
            "SluiceKeys",
            "SluiceTag",
            200_000);
    try (Reading again = Reading.of(larger)) {
      DetachedRecord record = again.records(1).get(0);
      if (Reading.text(record).equals("b")) {
        record = again.records(1).get(0); // Its end may not have been noted before the first one's.
      }
      assertThat(Reading.text(record)).isEqualTo(large);
      assertThat(record.topic()).isEqualTo("rocketmq");
    }
  }
}
