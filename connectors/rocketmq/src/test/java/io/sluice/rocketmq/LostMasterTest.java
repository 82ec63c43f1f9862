package io.sluice.rocketmq;

import static io.sluice.rocketmq.ClusterFlows.CLUSTER;
import static io.sluice.rocketmq.ClusterFlows.STEADY;
import static io.sluice.rocketmq.ClusterFlows.all;
import static io.sluice.rocketmq.ClusterFlows.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.broker.TopicType;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.testkit.MessageLoad;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A master with a slave that copies it without being waited for, and the master is lost. */
class LostMasterTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int QUEUES = 2;
  private static final int PART = 300;
  private static final MessageLoad LOAD = MessageLoad.of(11);

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "5.5.0, SLAVE_BEHIND",
    // A slave that starts without its master tells 4.x name servers nothing of its topics.
    "4.9.7, UNREACHABLE"
  })
  void aSourceIsReadFromTheSlaveAsFarAsThatGoes(String version, RocketMqError waits) { // I3, I4
    try (ClusterFlows flows = flows(version, Map.of("slaveReadEnable", "true"))) {
      ReleasedCluster cluster = flows.cluster;
      DirectFlow flow = withUnreadMessages(flows);
      cluster.broker("broker-a").kill();
      flow.source().resume();
      awaitRecords(flow, 2 * PART);

      // What only the master had, and the flow has read.
      cluster.broker("broker-a").restart();
      cluster.broker("slave").kill();
      send(flows, 2);
      awaitRecords(flow, 3 * PART);
      flow.troubles.clear();
      cluster.broker("broker-a").kill();
      cluster.broker("slave").restart();
      await().atMost(LIMIT).until(() -> isTroubled(flow, waits));
      assertThat(flow.failures).isEmpty();

      cluster.broker("broker-a").restart();
      send(flows, 3);
      awaitRecords(flow, 4 * PART);
      assertThat(compared(cluster.nameServer(), flows.steady.nameServerAddress()))
          .matches(MirrorReport::isExact)
          .returns((long) 4 * PART, MirrorReport::expected);
      assertThat(flow.failures).isEmpty();
    }
  }

  @Test
  void aSlaveThatMayNotBeReadIsNot() {
    try (ClusterFlows flows = flows("5.5.0", Map.of("slaveReadEnable", "false"))) {
      ReleasedCluster cluster = flows.cluster;
      DirectFlow flow = withUnreadMessages(flows);
      cluster.broker("broker-a").kill();
      flow.source().resume();
      await().atMost(LIMIT).until(() -> isTroubled(flow, RocketMqError.SLAVE_BEHIND));

      cluster.broker("broker-a").restart();
      awaitRecords(flow, 2 * PART);
      assertThat(compared(cluster.nameServer(), flows.steady.nameServerAddress()))
          .matches(MirrorReport::isExact);
      assertThat(flow.failures).isEmpty();
    }
  }

  @Test
  void aTargetWhoseNewMasterLacksTheLastMessagesIsNoticed() { // I3, I7
    RocketMqSourceConfiguration from = all(STEADY, "orders", Optional.empty());
    try (ClusterFlows flows = flows("4.9.7", Map.of())) {
      ReleasedCluster cluster = flows.cluster;
      cluster.createTopic("orders", QUEUES);
      flows.steady.createTopic("orders", QUEUES, TopicType.NORMAL);
      send(flows.steady.nameServerAddress(), 0);
      DirectFlow flow = flows.started(from, to(CLUSTER, "orders"));
      awaitRecords(flow, PART);
      cluster.awaitReplicated("orders", "slave");

      cluster.broker("slave").kill();
      send(flows.steady.nameServerAddress(), 1); // to the master alone
      awaitRecords(flow, 2 * PART);
      cluster.broker("broker-a").kill();
      cluster.broker("slave").promote();
      send(flows.steady.nameServerAddress(), 2);
      await().atMost(LIMIT).until(() -> !flow.failures.isEmpty());
      assertThat(flow.failures)
          .extracting(SluiceException::code)
          .containsOnly(RocketMqError.TARGET_LOST);
      Map<Partition, ResumePoint> known = ClusterFlows.checkpoints(flow);
      flow.close();

      DirectFlow again = flows.started(from, to(CLUSTER, "orders"), known);
      assertThat(awaitWhole(flows)).matches(MirrorReport::isExact);
      assertThat(again.failures).isEmpty();
    }
  }

  /** A flow that has read a part, and pauses before a second one that the slave has too. */
  private static DirectFlow withUnreadMessages(ClusterFlows flows) {
    flows.cluster.createTopic("orders", QUEUES);
    flows.steady.createTopic("orders", QUEUES, TopicType.NORMAL);
    send(flows, 0);
    DirectFlow flow = flows.started(all(CLUSTER, "orders", Optional.empty()), to(STEADY, "orders"));
    awaitRecords(flow, PART);
    flow.source().pause();
    send(flows, 1);
    flows.cluster.awaitReplicated("orders", "slave");
    return flow;
  }

  private ClusterFlows flows(String version, Map<String, String> properties) {
    return new ClusterFlows(
        ReleasedCluster.of(version, "east", folder.resolve("east"))
            .master("broker-a", properties)
            .slave("slave", "broker-a", properties)
            .start(),
        folder.resolve("steady"));
  }

  private static void send(ClusterFlows flows, int part) {
    send(flows.cluster.nameServer(), part);
  }

  private static void send(String nameServer, int part) {
    LOAD.send(nameServer, "orders", (long) part * PART, (long) (part + 1) * PART);
  }

  private static void awaitRecords(DirectFlow flow, long records) {
    await().atMost(LIMIT).until(() -> flow.records.get() >= records);
  }

  private static boolean isTroubled(DirectFlow flow, RocketMqError code) {
    return flow.troubles.stream().anyMatch(trouble -> trouble.code() == code);
  }

  private static MirrorReport awaitWhole(ClusterFlows flows) {
    String source = flows.steady.nameServerAddress();
    String target = flows.cluster.nameServer();
    await().atMost(LIMIT).until(() -> compared(source, target), report -> report.lost() == 0);
    return compared(source, target);
  }

  private static MirrorReport compared(String source, String target) {
    return MirrorCheck.between(source, "orders", target, "orders").run();
  }
}
