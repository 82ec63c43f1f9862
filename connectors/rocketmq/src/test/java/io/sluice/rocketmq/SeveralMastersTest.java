package io.sluice.rocketmq;

import static io.sluice.rocketmq.ClusterFlows.CLUSTER;
import static io.sluice.rocketmq.ClusterFlows.STEADY;
import static io.sluice.rocketmq.ClusterFlows.all;
import static io.sluice.rocketmq.ClusterFlows.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.broker.TopicType;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.testkit.MessageLoad;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedCluster;
import io.sluice.testkit.RunningLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of two masters, both source and target: what befalls one befalls both sides. */
class SeveralMastersTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int QUEUES = 2;
  private static final int PER_SECOND = 400;
  private static final long SEED = 7;

  private static final RocketMqSourceConfiguration KEPT = all(STEADY, "kept", Optional.empty());

  private static ClusterFlows flows;

  @BeforeAll
  static void start(@TempDir Path folder) {
    flows =
        new ClusterFlows(
            ReleasedCluster.of("5.5.0", "east", folder.resolve("east"))
                .master("broker-a")
                .master("broker-b")
                .start(),
            folder.resolve("steady"));
  }

  @AfterAll
  static void stop() {
    flows.close();
  }

  @Test
  void oneGoesAndComesBackElsewhereAndAnotherJoins() { // I3, I4
    ReleasedCluster cluster = flows.cluster;
    cluster.createTopic("orders", QUEUES);
    cluster.createTopic("orders_copy", QUEUES);
    try (RunningLoad load = RunningLoad.start(SEED, cluster.nameServer(), "orders", PER_SECOND)) {
      DirectFlow flow =
          flows.started(all(CLUSTER, "orders", Optional.of("GID_o")), to(CLUSTER, "orders_copy"));
      awaitMore(flow, PER_SECOND);

      cluster.broker("broker-b").kill();
      await().atMost(LIMIT).until(() -> !flow.troubles.isEmpty());
      awaitMore(flow, 2 * PER_SECOND); // of the other one's queues
      assertThat(flow.recoveries).hasValue(0);
      assertThat(flow.troubles)
          .allSatisfy(trouble -> assertThat(trouble.message()).contains("broker"))
          .hasSize(1);

      cluster.broker("broker-b").move();
      await().atMost(LIMIT).until(() -> flow.recoveries.get() > 0);
      awaitMore(flow, PER_SECOND);

      cluster.join("broker-c");
      cluster.createTopic("orders", QUEUES);
      MessageLoad.of(SEED + 1).messages(300).run(cluster.nameServer(), "orders");
      load.stop();
      MirrorReport mirror = compared(flow, "orders", load);
      assertThat(mirror).matches(MirrorReport::isExact);
      assertThat(flow.source().progress()).hasSize(3 * QUEUES);
      assertThat(flow.failures).isEmpty();
      assertThat(flow.duplicates).hasValue(0);
    }
  }

  @Test
  void aFlowWithAGroupStartsWithTheOneThatAnswers() {
    ReleasedCluster cluster = flows.cluster;
    cluster.createTopic("early", QUEUES);
    cluster.broker("broker-b").pause(); // name servers go on telling where it is
    DirectFlow flow;
    try {
      flow = flows.started(all(CLUSTER, "early", Optional.of("GID_e")), to(STEADY, "early_copy"));
      assertThat(flow.source().progress()).isNotEmpty();
      assertThat(queuesOf(flow, "broker-b")).isZero();
      await().atMost(LIMIT).until(() -> !flow.troubles.isEmpty());
    } finally {
      cluster.broker("broker-b").goOn();
    }

    await().atMost(LIMIT).until(() -> queuesOf(flow, "broker-b") == QUEUES);
    await().atMost(LIMIT).until(() -> flow.recoveries.get() > 0);
    assertThat(flow.failures).isEmpty();
  }

  @Test
  void aTargetTopicIsNotExtendedBecauseABrokerIsAway() throws Exception { // I4
    ReleasedCluster cluster = flows.cluster;
    flows.steady.createTopic("kept", 2 * QUEUES, TopicType.NORMAL);
    cluster.createTopic("kept_copy", QUEUES);
    MessageLoad.of(SEED).messages(200).run(flows.steady.nameServerAddress(), "kept");
    DirectFlow flow = flows.started(KEPT, to(CLUSTER, "kept_copy"));
    await().atMost(LIMIT).until(() -> ClusterFlows.checkpoints(flow).size() == 2 * QUEUES);
    Map<Partition, ResumePoint> known = ClusterFlows.checkpoints(flow);
    flow.close();

    try (Topics topics = new Topics(cluster.nameServer())) {
      int before = topics.queues("kept_copy");
      cluster.broker("broker-a").kill();
      assertThatThrownBy(() -> flows.started(KEPT, to(CLUSTER, "kept_copy"), known))
          .hasMessageContaining("kept_copy/broker-a")
          .cause()
          .extracting("code")
          .isEqualTo(RocketMqError.TARGET_QUEUE_GONE);
      cluster.broker("broker-a").restart();
      await().atMost(LIMIT).until(() -> topics.queues("kept_copy") == before);
    }
    flows.started(KEPT, to(CLUSTER, "kept_copy"), known);
  }

  private static long queuesOf(DirectFlow flow, String broker) {
    return flow.source().progress().stream()
        .filter(one -> one.partition().name().contains(broker))
        .count();
  }

  private static void awaitMore(DirectFlow flow, int records) {
    long goal = flow.records.get() + records;
    await().atMost(LIMIT).until(() -> flow.records.get() >= goal);
  }

  private static MirrorReport compared(DirectFlow flow, String topic, RunningLoad load) {
    String nameServer = flows.cluster.nameServer();
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(
            () ->
                flows.cluster.messages(topic + "_copy") >= flows.cluster.messages(topic)
                    && flow.offered.get() == flow.batches.get());
    return MirrorCheck.between(nameServer, topic, nameServer, topic + "_copy")
        .acknowledged(load.acknowledged())
        .run();
  }
}
