package io.sluice.rocketmq;

import static io.sluice.rocketmq.ClusterFlows.CLUSTER;
import static io.sluice.rocketmq.ClusterFlows.STEADY;
import static io.sluice.rocketmq.ClusterFlows.all;
import static io.sluice.rocketmq.ClusterFlows.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.broker.TopicType;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.testkit.MessageLoad;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedCluster;
import io.sluice.testkit.RunningLoad;
import io.sluice.testkit.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody has set that a target topic may only be read, on two brokers or on one of them. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"4.9.7", "5.5.0"})
class ReadOnlyTargetTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> BROKERS = List.of("broker-a", "broker-b");
  private static final int QUEUES = 2;
  private static final int READ = 4;
  private static final int READ_AND_WRITE = 6;
  private static final int MESSAGES = 200;
  private static final MessageLoad LOAD = MessageLoad.of(13);

  @TempDir static Path folder;
  private static ClusterFlows flows;

  /** Brokers of 4.x take neither. */
  private final boolean ordered;

  private final String type;

  ReadOnlyTargetTest(String version) {
    ordered = version.startsWith("5");
    type = ordered ? "FIFO" : "";
  }

  @BeforeParameterizedClassInvocation
  static void start(String version) {
    ReleasedCluster cluster =
        ReleasedCluster.of(version, "east", folder.resolve(version))
            .master(BROKERS.get(0))
            .master(BROKERS.get(1))
            .start();
    flows = new ClusterFlows(cluster, folder.resolve("steady-" + version));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    flows.close();
  }

  @Test
  void isNeitherExtendedNorOpened() {
    createTopics("kept", 4 * QUEUES);
    TopicSettings closed = new TopicSettings(QUEUES + 1, QUEUES, READ, ordered, type);
    BROKERS.forEach(broker -> flows.cluster.set("kept_copy", broker, closed));

    assertThatThrownBy(() -> started("kept"))
        .cause()
        .isInstanceOf(RetriableException.class)
        .extracting("code")
        .isEqualTo(RocketMqError.TOPIC_READ_ONLY);

    assertThat(BROKERS)
        .allSatisfy(
            broker -> assertThat(flows.cluster.settings("kept_copy", broker)).isEqualTo(closed));
  }

  @Test
  void keepsWhatElseIsSetWhenItIsExtended() {
    createTopics("marked", 4 * QUEUES);
    TopicSettings open = new TopicSettings(3 * QUEUES, QUEUES, READ_AND_WRITE, ordered, type);
    BROKERS.forEach(broker -> flows.cluster.set("marked_copy", broker, open));

    started("marked");

    TopicSettings extended =
        new TopicSettings(3 * QUEUES, 2 * QUEUES, READ_AND_WRITE, ordered, type);
    assertThat(BROKERS)
        .allSatisfy(
            broker ->
                assertThat(flows.cluster.settings("marked_copy", broker)).isEqualTo(extended));
  }

  @Test
  void getsQueuesOnlyWhereItMayBeWritten() {
    createTopics("part", 2 * QUEUES);
    TopicSettings closed = new TopicSettings(QUEUES, QUEUES, READ, false, "");
    flows.cluster.set("part_copy", "broker-b", closed);
    LOAD.messages(MESSAGES).run(flows.steady.nameServerAddress(), "part");

    DirectFlow flow = started("part");

    await().atMost(LIMIT).until(() -> flow.records.get() == MESSAGES);
    assertThat(compared("part")).matches(MirrorReport::isExact);
    assertThat(flow.unstored).isEmpty();
    assertThat(flows.cluster.settings("part_copy", "broker-b")).isEqualTo(closed);
    assertThat(flows.cluster.settings("part_copy", "broker-a").writeQueues()).isEqualTo(2 * QUEUES);
  }

  @Test
  void isWaitedForByAFlowThatRunsAndByOneThatComesBack() { // I3, I4
    createTopics("run", 2 * QUEUES);
    TopicSettings before = flows.cluster.settings("run_copy", "broker-b");
    try (RunningLoad load = RunningLoad.start(5, flows.steady.nameServerAddress(), "run", 100)) {
      DirectFlow flow = started("run");
      await().atMost(LIMIT).until(() -> ClusterFlows.checkpoints(flow).size() == 2 * QUEUES);

      flows.cluster.set("run_copy", "broker-b", before.permitting(READ));
      await()
          .atMost(LIMIT)
          .until(() -> flow.unstored.stream().anyMatch(ReadOnlyTargetTest::saysWhy));
      Map<Partition, ResumePoint> known = ClusterFlows.checkpoints(flow);
      assertThatThrownBy(() -> started("run", known))
          .hasMessageContaining("run_copy/broker-b")
          .cause()
          .extracting("code")
          .isEqualTo(RocketMqError.TOPIC_READ_ONLY);

      flows.cluster.set("run_copy", "broker-b", before);
      load.stop();
      await()
          .atMost(LIMIT)
          .until(() -> flows.cluster.messages("run_copy") >= load.acknowledged().count());
      assertThat(compared("run")).matches(MirrorReport::isExact);
      assertThat(flow.failures).isEmpty();
    }
  }

  private static boolean saysWhy(WriteResult result) {
    return result instanceof WriteResult.NotStored refused
        && refused.reason() instanceof RetriableException
        && refused.reason().code() == RocketMqError.TOPIC_READ_ONLY;
  }

  private static void createTopics(String topic, int queues) {
    flows.steady.createTopic(topic, queues, TopicType.NORMAL);
    flows.cluster.createTopic(topic + "_copy", QUEUES);
  }

  private static DirectFlow started(String topic) {
    return started(topic, Map.of());
  }

  private static DirectFlow started(String topic, Map<Partition, ResumePoint> known) {
    return flows.started(all(STEADY, topic, Optional.empty()), to(CLUSTER, topic + "_copy"), known);
  }

  private static MirrorReport compared(String topic) {
    return MirrorCheck.between(
            flows.steady.nameServerAddress(), topic, flows.cluster.nameServer(), topic + "_copy")
        .run();
  }
}
