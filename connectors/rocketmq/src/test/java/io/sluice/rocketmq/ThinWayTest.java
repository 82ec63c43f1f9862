package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.all;
import static io.sluice.rocketmq.BrokerPair.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.instance.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backlog in many queues crosses a {@link ThinWay}. Nothing may time out: what did would have
 * crossed in vain.
 */
class ThinWayTest {
  private static final int PER_QUEUE = 36;
  private static final long MESSAGES = (long) ThinWay.QUEUES * PER_QUEUE;

  /** All of it takes six seconds. */
  private static final long BYTES_PER_SECOND = 2_500_000;

  private static final Duration A_REQUEST = Duration.ofMillis(1500);

  @AutoClose private static BrokerPair brokers;

  @BeforeAll
  static void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
  }

  @Test
  void readsOverAThinWayWithoutLosingLocksOrAnswers() throws Exception {
    try (ThinWay way = new ThinWay(brokers.source.nameServerAddress(), A_REQUEST)) {
      copies("from-afar", "source", way, brokers.source.instance());
    }
  }

  @Test
  void writesOverAThinWayWithoutLosingAnswers() throws Exception {
    try (ThinWay way = new ThinWay(brokers.target.nameServerAddress(), A_REQUEST)) {
      copies("to-afar", "target", way, brokers.target.instance());
    }
  }

  private void copies(String topic, String side, ThinWay way, Instance beyond) throws Exception {
    brokers.topic(brokers.source, topic, ThinWay.QUEUES);
    brokers.topic(brokers.target, topic, ThinWay.QUEUES);
    for (int queue = 0; queue < ThinWay.QUEUES; queue++) {
      brokers.atSource.sendBytes(topic, queue, PER_QUEUE, ThinWay.BYTES);
    }
    way.narrow(BYTES_PER_SECOND);
    Map<String, Instance> instances = new HashMap<>(brokers.instances());
    instances.put(side, way.to(beyond));
    try (DirectFlow flow = brokers.flow(all(topic), to(topic), Map.of(), instances)) {
      flow.start().toCompletableFuture().join();
      await().atMost(Duration.ofSeconds(60)).until(() -> flow.records.get() >= MESSAGES);

      assertThat(flow.troubles).isEmpty();
      assertThat(flow.unstored).isEmpty();
      assertThat(flow.revocations).isEmpty();
      assertThat(brokers.atTarget.size(topic)).isEqualTo(MESSAGES);
    }
  }
}
