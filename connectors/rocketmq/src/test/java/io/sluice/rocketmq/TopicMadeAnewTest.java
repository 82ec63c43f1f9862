package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.group;
import static io.sluice.rocketmq.BrokerPair.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.sink.Echoes;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source's topic is deleted and created anew while a flow reads it. */
class TopicMadeAnewTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  @AutoClose private static BrokerPair brokers;

  @BeforeAll
  static void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
  }

  @Test
  void itsMessagesFollowBehindTheOldOnesThoughTheyAreMore() throws Exception {
    String topic = "grows";
    DirectFlow flow = copied(topic, 100, "earliest");

    makeAnew(topic);
    brokers.atSource.sendNumbers(topic, 1, 100, 500); // beyond the flow's old offset

    await().atMost(LIMIT).until(() -> brokers.atTarget.size(topic) == 500);
    assertThat(brokers.atTarget.numbers(topic)).isEqualTo(IntStream.range(0, 500).boxed().toList());
    await().until(() -> committed(flow).equals(new Position(1, 400)));
    assertThat(flow.troubles)
        .anyMatch(trouble -> trouble.code() == RocketMqError.OFFSET_BEHIND_END);

    // By the stamps alone.
    flow.close();
    DirectFlow again = started(topic, "earliest");
    brokers.atSource.sendNumbers(topic, 1, 500, 600);
    await().atMost(LIMIT).until(() -> brokers.atTarget.size(topic) >= 600);
    assertThat(brokers.atTarget.numbers(topic)).isEqualTo(IntStream.range(0, 600).boxed().toList());
    assertThat(again.failures).isEmpty();
  }

  @Test
  void theFlowStopsWithBothOffsetsUnlessItIsTold() throws Exception {
    String topic = "fails";
    DirectFlow flow = copied(topic, 100, "fail");

    makeAnew(topic);
    brokers.atSource.sendNumbers(topic, 1, 100, 250);

    await().atMost(LIMIT).until(() -> !flow.failures.isEmpty());
    assertThat(flow.failures.peek().code()).isEqualTo(RocketMqError.OFFSET_BEHIND_END);
    // It may look while messages are still being sent.
    assertThat(flow.failures.peek().message())
        .containsPattern("from offset 0 to \\d+ now.* at 100");
    assertThat(brokers.atTarget.size(topic)).isEqualTo(100);
  }

  @Test
  void aFlowThatWasNotRunningNoticesItToo() throws Exception {
    String topic = "unseen";
    DirectFlow flow = copied(topic, 100, "fail");
    PartitionProgress progress = flow.source().progress().get(0);
    flow.close();

    grown(topic);
    // Where the copies do not tell where they come from.
    noticed(
        topic,
        new RocketMqSinkConfiguration("target", topic, true, false, Echoes.KEEP),
        Map.of(progress.partition(), progress.point()));
  }

  @Test
  void aFlowWithoutCheckpointNoticesItByTheKeysOfItsCopies() throws Exception {
    String topic = "lost";
    DirectFlow flow = copied(topic, 100, "fail");
    flow.close();

    grown(topic);
    noticed(topic, to(topic), Map.of());
  }

  private static void grown(String topic) throws Exception {
    makeAnew(topic);
    brokers.atSource.sendNumbers(topic, 1, 100, 250);
  }

  private static void noticed(
      String topic, RocketMqSinkConfiguration to, Map<Partition, ResumePoint> known)
      throws Exception {
    DirectFlow stops = started(topic, "fail", to, known);
    await().atMost(LIMIT).until(() -> !stops.failures.isEmpty());
    assertThat(stops.failures.peek().code()).isEqualTo(RocketMqError.OFFSET_BEHIND_END);
    assertThat(stops.failures.peek().message()).contains("to 150", "at 100");

    started(topic, "earliest", to, known);
    await().atMost(LIMIT).until(() -> brokers.atTarget.size(topic) >= 250);
    assertThat(brokers.atTarget.numbers(topic)).isEqualTo(IntStream.range(0, 250).boxed().toList());
  }

  private static DirectFlow copied(String topic, int messages, String onGap) throws Exception {
    brokers.topic(brokers.source, topic, 1);
    brokers.topic(brokers.target, topic, 1);
    brokers.atSource.sendNumbers(topic, 1, 0, messages);
    DirectFlow flow = started(topic, onGap);
    await().until(() -> brokers.atTarget.size(topic) == messages);
    return flow;
  }

  private static DirectFlow started(String topic, String onGap) {
    return started(topic, onGap, to(topic), Map.of());
  }

  private static DirectFlow started(
      String topic, String onGap, RocketMqSinkConfiguration to, Map<Partition, ResumePoint> known) {
    DirectFlow flow =
        brokers.flow(
            new RocketMqSourceConfiguration(
                "source",
                topic,
                Optional.of(group(topic)),
                "TAG",
                "*",
                Optional.empty(),
                ConsumeOffset.CONSUME_FROM_FIRST_OFFSET,
                Optional.empty(),
                onGap),
            to,
            known);
    flow.start().toCompletableFuture().join();
    return flow;
  }

  private static Position committed(DirectFlow flow) {
    return flow.source().progress().get(0).committed();
  }

  private static void makeAnew(String topic) throws Exception {
    brokers.admin().deleteTopicInBroker(Set.of(brokers.source.brokerAddress()), topic);
    brokers.topic(brokers.source, topic, 1);
  }
}
