package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasedServersTest {
  private static final long SEED = 42;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"4.8.0", "4.9.7", "5.5.0"})
  void keepTopicsAndMessagesWhenTheBrokerIsKilledAndRestarted(String version) {
    MessageLoad load = MessageLoad.of(SEED).messages(200);
    try (ReleasedServers servers = start(version)) {
      servers.createTopic("orders", 3);
      load.run(servers.nameServer(), "orders");
      servers.restartBroker();
      servers.createTopic("again", 3);
      load.run(servers.nameServer(), "again");

      assertThat(servers.messages("orders")).isEqualTo(200);
      assertThat(check(servers, "again", "orders")).matches(MirrorReport::isExact);
    }
  }

  @Test
  void loadsGoOnUntilEverythingIsAcknowledged() throws Exception {
    int messages = 6_000;
    MessageLoad load = MessageLoad.of(SEED).messages(messages);
    try (ReleasedServers servers = start("4.9.7");
        RocketmqClient client = new RocketmqClient(servers.nameServer())) {
      servers.createTopic("orders", 1);
      Thread loading = new Thread(() -> load.run(servers.nameServer(), "orders"));
      loading.start();
      while (servers.messages("orders") < messages / 10) {
        Thread.onSpinWait();
      }
      servers.killBroker();
      assertThat(loading.isAlive()).isTrue();
      servers.restartBroker();
      loading.join();

      TopicQueue queue = client.queues("orders").get(0);
      LongStream.Builder sequences = LongStream.builder();
      new QueueReader(client, queue)
          .forEach(
              message ->
                  sequences.add(
                      Long.parseLong(message.userProperties().get(MessageLoad.SEQUENCE))));
      assertThat(sequences.build().distinct())
          .containsExactlyElementsOf(LongStream.range(0, messages).boxed().toList());
    }
  }

  @Test
  void aPausedBrokerIsSilentUntilItContinues() {
    try (ReleasedServers servers = start("4.8.0");
        RocketmqClient client = new RocketmqClient(servers.nameServer())) {
      servers.pauseBroker();
      assertThat(client.answers(servers.brokerAddress())).isFalse();
      servers.continueBroker();
      assertThat(client.answers(servers.brokerAddress())).isTrue();
    }
  }

  @Test
  void aRunningLoadKnowsWhatWasAcknowledgedThroughARestart() {
    try (ReleasedServers servers = start("5.5.0")) {
      servers.createTopic("orders", 2);
      RunningLoad load = RunningLoad.start(SEED, servers.nameServer(), "orders", 500);
      try (load) {
        awaitMore(load);
        servers.restartBroker();
        awaitMore(load);
      }
      MirrorReport report =
          MirrorCheck.between(servers.nameServer(), "orders", servers.nameServer(), "orders")
              .acknowledged(load.acknowledged())
              .run();
      assertThat(report).matches(MirrorReport::isExact);
      // What was sent at the kill may be stored without having been acknowledged.
      assertThat(report.expected()).isGreaterThanOrEqualTo(load.acknowledged().count());
    }
  }

  @Test
  void aBrokerThatRefusesMessagesTakesThemAgain() throws Exception {
    try (ReleasedServers servers = start("5.5.0");
        RocketmqClient client = new RocketmqClient(servers.nameServer())) {
      servers.createTopic("orders", 1);
      TopicQueue queue = client.queues("orders").get(0);
      List<Message> messages = List.of(new LoadedMessages(SEED).at("orders", 0, 0));
      servers.refuseMessages(true);
      assertThatThrownBy(() -> client.send(queue, messages)).hasMessageContaining("disk is full");
      servers.refuseMessages(false);
      assertThat(client.send(queue, messages)).isZero();
    }
  }

  @Test
  void aBrokerCanLoseItsTopicsAndItsData() {
    try (ReleasedServers servers = start("5.5.0")) {
      servers.createTopic("orders", 1);
      MessageLoad.of(SEED).messages(10).run(servers.nameServer(), "orders");
      // Brokers index a little later than they acknowledge, also into a queue made anew meanwhile.
      await().until(() -> servers.messages("orders") == 10);
      servers.deleteTopic("orders");
      servers.createTopic("orders", 1);
      assertThat(servers.messages("orders")).isZero();
      MessageLoad.of(SEED).messages(10).run(servers.nameServer(), "orders");
      // A broker that is killed before that may index one of the old topic when it comes back.
      await().until(() -> servers.messages("orders") == 10);
      servers.restartBroker(store -> assertThat(store.resolve("commitlog")).isDirectory());
      assertThat(servers.messages("orders")).isEqualTo(10);
    }
  }

  private static void awaitMore(RunningLoad load) {
    long before = load.acknowledged().count();
    await().atMost(Duration.ofMinutes(1)).until(() -> load.acknowledged().count() > before + 100);
  }

  private ReleasedServers start(String version) {
    return ReleasedServers.start(version, "shanghai", directory, Map.of());
  }

  private static MirrorReport check(ReleasedServers servers, String topic, String targetTopic) {
    return MirrorCheck.between(servers.nameServer(), topic, servers.nameServer(), targetTopic)
        .run();
  }
}
