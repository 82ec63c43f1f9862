package io.sluice.rocketmq;

import static io.sluice.rocketmq.ClusterFlows.CLUSTER;
import static io.sluice.rocketmq.ClusterFlows.STEADY;
import static io.sluice.rocketmq.ClusterFlows.all;
import static io.sluice.rocketmq.ClusterFlows.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.broker.TopicType;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedBroker;
import io.sluice.testkit.ReleasedCluster;
import io.sluice.testkit.RunningLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two brokers of 5.x of which a controller makes one the master, under load: the master is killed,
 * the other one follows it, and the first comes back as its slave. How often that happens says the
 * system property {@code sluice.switches}, 1 by default.
 */
class ControllerSwitchTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int SWITCHES = Integer.getInteger("sluice.switches", 1);
  private static final int QUEUES = 2;
  private static final int PER_SECOND = 300;

  /** What a broker confirms is at both, as long as there are both. */
  private static final Map<String, String> CONFIRMED_BY_BOTH =
      Map.of("allAckInSyncStateSet", "true");

  @TempDir Path folder;

  @Test
  void flowsFromItAndToItGoOnWithTheNewMaster() throws Exception { // I3, I4, I7
    try (ClusterFlows flows =
        new ClusterFlows(
            ReleasedCluster.of("5.5.0", "east", folder.resolve("east"))
                .elected("first", "broker-a", CONFIRMED_BY_BOTH)
                .elected("second", "broker-a", CONFIRMED_BY_BOTH)
                .start(),
            folder.resolve("steady"))) {
      ReleasedCluster cluster = flows.cluster;
      String steady = flows.steady.nameServerAddress();
      for (String topic : new String[] {"out", "in"}) {
        cluster.createTopic(topic, QUEUES);
        flows.steady.createTopic(topic, QUEUES, TopicType.NORMAL);
      }
      cluster.awaitInStep("broker-a");
      try (RunningLoad out = RunningLoad.start(1, cluster.nameServer(), "out", PER_SECOND);
          RunningLoad in = RunningLoad.start(2, steady, "in", PER_SECOND)) {
        DirectFlow from =
            flows.started(all(CLUSTER, "out", Optional.of("GID_out")), to(STEADY, "out"));
        DirectFlow into =
            flows.started(all(STEADY, "in", Optional.of("GID_in")), to(CLUSTER, "in"));
        awaitMore(from, out);
        awaitMore(into, in);
        for (int number = 0; number < SWITCHES; number++) {
          ReleasedBroker master = cluster.master("broker-a");
          master.kill();
          assertThat(cluster.master("broker-a")).isNotSameAs(master);
          awaitMore(from, out);
          awaitMore(into, in);
          master.restart();
          cluster.awaitInStep("broker-a");
        }
        out.stop();
        in.stop();
        awaitExact(cluster.nameServer(), "out", steady, out);
        awaitExact(steady, "in", cluster.nameServer(), in);
        assertThat(from.failures).isEmpty();
        assertThat(into.failures).isEmpty();
      }
    }
  }

  private static void awaitMore(DirectFlow flow, RunningLoad load) {
    long goal = flow.records.get() + PER_SECOND;
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(flow.records.get())
                    .as(
                        "of %s sent, whose sender has %s; troubles %s, failures %s",
                        load.acknowledged().count(), load.trouble(), flow.troubles, flow.failures)
                    .isGreaterThanOrEqualTo(goal));
  }

  private static void awaitExact(String source, String topic, String target, RunningLoad load) {
    MirrorCheck check =
        MirrorCheck.between(source, topic, target, topic).acknowledged(load.acknowledged());
    await().atMost(LIMIT).until(check::run, report -> report.lost() == 0);
    assertThat(check.run()).matches(MirrorReport::isExact);
  }
}
