package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
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

  private ReleasedServers start(String version) {
    return ReleasedServers.start(version, "shanghai", directory, Map.of());
  }

  private static MirrorReport check(ReleasedServers servers, String topic, String targetTopic) {
    return MirrorCheck.between(servers.nameServer(), topic, servers.nameServer(), targetTopic)
        .run();
  }
}
