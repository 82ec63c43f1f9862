package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.all;
import static io.sluice.rocketmq.BrokerPair.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.testkit.proxy.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backlog in many queues crosses a way on which much less fits, within the time of a request,
 * than there could be under way. Nothing may time out: what did would have crossed in vain.
 */
class ThinWayTest {
  private static final int QUEUES = 48;
  private static final int PER_QUEUE = 36;
  private static final int BYTES = 8192;

  /** All of it takes six seconds, and a request may take a second and a half. */
  private static final long BYTES_PER_SECOND = 2_500_000;

  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(3), Duration.ofMillis(1500));

  @AutoClose private static BrokerPair brokers;

  @BeforeAll
  static void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
  }

  @Test
  void readsOverAThinWayWithoutLosingLocksOrAnswers() throws Exception {
    try (FaultProxy way = FaultProxy.before(brokers.source.nameServerAddress())) {
      copies("from-afar", "source", way, brokers.source.instance());
    }
  }

  @Test
  void writesOverAThinWayWithoutLosingAnswers() throws Exception {
    try (FaultProxy way = FaultProxy.before(brokers.target.nameServerAddress())) {
      copies("to-afar", "target", way, brokers.target.instance());
    }
  }

  private void copies(String topic, String side, FaultProxy way, Instance beyond) throws Exception {
    brokers.topic(brokers.source, topic, QUEUES);
    brokers.topic(brokers.target, topic, QUEUES);
    for (int queue = 0; queue < QUEUES; queue++) {
      brokers.atSource.sendBytes(topic, queue, PER_QUEUE, BYTES);
    }
    way.bandwidth(BYTES_PER_SECOND);
    Map<String, Instance> instances = new HashMap<>(brokers.instances());
    instances.put(side, by(way, beyond));
    try (DirectFlow flow = brokers.flow(all(topic), to(topic), Map.of(), instances)) {
      flow.start().toCompletableFuture().join();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> flow.records.get() >= (long) QUEUES * PER_QUEUE);

      assertThat(flow.troubles).isEmpty();
      assertThat(flow.unstored).isEmpty();
      assertThat(flow.revocations).isEmpty();
      assertThat(brokers.atTarget.size(topic)).isEqualTo((long) QUEUES * PER_QUEUE);
    }
  }

  private static Instance by(FaultProxy way, Instance instance) {
    return new Instance(
        instance.name(),
        instance.version(),
        instance.region(),
        instance.network(),
        List.of(way.nameServer()),
        instance.acl(),
        instance.access(),
        instance.tls(),
        instance.vpc(),
        Optional.empty(),
        Optional.empty(),
        TIMEOUTS,
        Protocol.REMOTING,
        List.of());
  }
}
