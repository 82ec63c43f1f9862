package io.sluice.rocketmq;

import static io.sluice.rocketmq.ClusterFlows.CLUSTER;
import static io.sluice.rocketmq.ClusterFlows.STEADY;
import static io.sluice.rocketmq.ClusterFlows.all;
import static io.sluice.rocketmq.ClusterFlows.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.broker.TopicType;
import io.sluice.testkit.MessageLoad;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedCluster;
import io.sluice.testkit.RunningLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target whose master confirms what its slave has, too, and the master is lost under load. */
class SyncMasterTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int QUEUES = 2;
  private static final int PER_SECOND = 300;

  @TempDir Path folder;

  @Test
  void theSlaveTakesItsPlaceAndNothingIsLost() { // I3, I4, I7
    try (ClusterFlows flows =
        new ClusterFlows(
            ReleasedCluster.of("4.9.7", "east", folder.resolve("east"))
                .master("broker-a", Map.of("brokerRole", "SYNC_MASTER"))
                .slave("slave", "broker-a", Map.of())
                .start(),
            folder.resolve("steady"))) {
      ReleasedCluster cluster = flows.cluster;
      String steady = flows.steady.nameServerAddress();
      cluster.createTopic("orders", QUEUES);
      flows.steady.createTopic("orders", QUEUES, TopicType.NORMAL);
      MessageLoad.of(7).send(steady, "orders", 0, PER_SECOND);
      DirectFlow flow =
          flows.started(all(STEADY, "orders", Optional.empty()), to(CLUSTER, "orders"));
      awaitMore(flow);
      cluster.awaitReplicated("orders", "slave"); // until then a master confirms by itself

      try (RunningLoad load = RunningLoad.start(8, steady, "orders", PER_SECOND)) {
        awaitMore(flow);
        cluster.broker("broker-a").kill();
        cluster.broker("slave").promote();
        awaitMore(flow);
        load.stop();
      }
      MirrorCheck check = MirrorCheck.between(steady, "orders", cluster.nameServer(), "orders");
      await().atMost(LIMIT).until(check::run, report -> report.lost() == 0);
      assertThat(check.run()).matches(MirrorReport::isExact);
      assertThat(flow.failures).isEmpty();
    }
  }

  private static void awaitMore(DirectFlow flow) {
    long goal = flow.records.get() + PER_SECOND;
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(flow.records.get())
                    .as("troubles %s, failures %s", flow.troubles, flow.failures)
                    .isGreaterThanOrEqualTo(goal));
  }
}
