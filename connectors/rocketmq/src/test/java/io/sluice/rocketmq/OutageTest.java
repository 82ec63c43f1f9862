package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.all;
import static io.sluice.rocketmq.BrokerPair.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.sink.WriteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers go and come back in the middle of a copy. */
class OutageTest {
  private static final int MESSAGES = 20_000;
  private static final int QUEUES = 2;

  @AutoClose private BrokerPair brokers;

  @BeforeEach
  void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
  }

  @Test
  void copiesExactlyThoughTheSourceRestarts() throws Exception {
    DirectFlow flow = copyInProgress("source-restarts");
    brokers.source.close();
    await().until(() -> !flow.troubles.isEmpty());
    brokers.startAgain(brokers.source);
    awaitCopy("source-restarts");
    // Told when it begins and when it ends, not at each of many attempts. A broker that has just
    // started may be too busy to answer, which is another trouble.
    await().untilAsserted(() -> assertThat(flow.recoveries).hasValue(flow.troubles.size()));
    assertThat(flow.troubles).hasSizeLessThan(4);
    assertThat(flow.failures).isEmpty();
  }

  @Test
  void copiesExactlyThoughTheTargetRestartsWithRequestsInFlight() throws Exception {
    DirectFlow flow = copyInProgress("target-restarts");
    brokers.target.close();
    await().until(() -> !flow.unstored.isEmpty());
    brokers.startAgain(brokers.target);
    awaitCopy("target-restarts");
    assertThat(flow.troubles).isEmpty();
    assertThat(flow.failures).isEmpty();
    assertThat(flow.unstored)
        .allSatisfy(
            result ->
                assertThat(result)
                    .isInstanceOfAny(WriteResult.Unknown.class, WriteResult.NotStored.class));
  }

  private DirectFlow copyInProgress(String topic) throws Exception {
    brokers.topic(brokers.source, topic, QUEUES);
    brokers.topic(brokers.target, topic, QUEUES);
    brokers.atSource.sendNumbers(topic, QUEUES, 0, MESSAGES);
    DirectFlow flow = brokers.flow(all(topic), to(topic));
    flow.start().toCompletableFuture().join();
    await().pollInterval(Duration.ofMillis(1)).until(() -> flow.records.get() > 0);
    return flow;
  }

  private void awaitCopy(String topic) throws Exception {
    await()
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptions()
        .until(() -> brokers.atTarget.size(topic) >= MESSAGES);
    // In order within each queue, each once.
    for (int queue = 0; queue < QUEUES; queue++) {
      int lane = queue;
      assertThat(brokers.atTarget.read(topic, queue).stream().map(Topics.Content::body))
          .containsExactlyElementsOf(
              IntStream.range(0, MESSAGES)
                  .filter(number -> number % QUEUES == lane)
                  .mapToObj(Integer::toString)
                  .toList());
    }
  }
}
