package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.all;
import static io.sluice.rocketmq.BrokerPair.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.source.PartitionProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runtimes run the same flow. */
class SharedFlowTest {
  private static final int QUEUES = 4;
  private static final Duration SOON = Duration.ofSeconds(15);
  @AutoClose private static BrokerPair brokers;

  @BeforeAll
  static void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
  }

  @Test
  void eachQueueHasOneOwner() throws Exception {
    String topic = "shared";
    DirectFlow first = started(topic, "first");
    assertThat(owned(first)).hasSize(QUEUES);

    DirectFlow second = started(topic, "second");

    await()
        .atMost(SOON)
        .until(() -> owned(first).size() == QUEUES / 2 && owned(second).size() == QUEUES / 2);
    assertThat(owned(first)).doesNotContainAnyElementsOf(owned(second));
    await().until(() -> first.revocations.size() == QUEUES / 2);
    brokers.atSource.sendNumbers(topic, QUEUES, 0, 10_000);
    awaitExact(topic, 10_000);
    assertThat(first.records.get()).isPositive();
    assertThat(second.records.get()).isPositive();
  }

  @Test
  void aQueueChangesHandsInTheMiddleOfACopy() throws Exception {
    String topic = "handed-over";
    createTopics(topic);
    brokers.atSource.sendNumbers(topic, QUEUES, 0, 100_000);
    DirectFlow first = started(topic, "first");
    await().until(() -> first.records.get() > 0);
    DirectFlow second = started(topic, "second");
    await().atMost(SOON).until(() -> owned(second).size() == QUEUES / 2);

    first.close();

    await().atMost(SOON).until(() -> owned(second).size() == QUEUES);
    awaitExact(topic, 100_000);
    assertThat(Stream.of(first, second)).allMatch(flow -> flow.duplicates.get() == 0);
    assertThat(Stream.of(first, second)).allMatch(flow -> flow.failures.isEmpty());
  }

  @Test
  void aRestartedRuntimeHasItsQueuesAtOnce() throws Exception {
    String topic = "restarted";
    createTopics(topic);
    // As a kill leaves it: locked, and nobody there.
    DirectFlow killed = brokers.flowOf("same", all(topic), to(topic));
    killed.start().toCompletableFuture().join();
    assertThat(owned(killed)).hasSize(QUEUES);

    DirectFlow again = brokers.flowOf("same", all(topic), to(topic));
    again.start().toCompletableFuture().join();

    assertThat(owned(again)).hasSize(QUEUES);
  }

  @Test
  void saysThatItWaitsForALock() throws Exception {
    String topic = "waits";
    createTopics(topic);
    LockHolder other = new LockHolder(brokers.source, BrokerPair.group(topic), "somebody");
    assertThat(other.lock(topic, 1)).isTrue();

    DirectFlow flow = started(topic, "runtime");

    assertThat(owned(flow)).hasSize(QUEUES - 1);
    await().atMost(SOON).until(() -> !flow.troubles.isEmpty());
    assertThat(flow.troubles.peek().code()).isEqualTo(RocketMqError.QUEUE_LOCKED);
    other.unlock(topic, 1);
    await().atMost(SOON).until(() -> owned(flow).size() == QUEUES);
    await().until(() -> flow.recoveries.get() == 1);
  }

  @Test
  void stopsWritingWhatItHasLost() throws Exception {
    String topic = "lost";
    DirectFlow flow = started(topic, "runtime");
    LockHolder other = new LockHolder(brokers.source, BrokerPair.group(topic), "somebody");
    other.steal(topic, 2, "sluice@direct@runtime");

    // Another member makes it look after its locks.
    DirectFlow second = started(topic, "second");

    await().atMost(SOON).until(() -> !flow.revocations.isEmpty());
    await().atMost(SOON).until(() -> owned(flow).stream().noneMatch(name -> name.endsWith("/2")));
    assertThat(owned(second)).noneMatch(name -> name.endsWith("/2"));
    other.unlock(topic, 2);
    await().atMost(SOON).until(() -> owned(flow).size() + owned(second).size() == QUEUES);
  }

  private static DirectFlow started(String topic, String runtime) {
    createTopics(topic);
    DirectFlow flow = brokers.flowOf(runtime, all(topic), to(topic));
    flow.start().toCompletableFuture().join();
    return flow;
  }

  private static void createTopics(String topic) {
    brokers.topic(brokers.source, topic, QUEUES);
    brokers.topic(brokers.target, topic, QUEUES);
  }

  private static List<String> owned(DirectFlow flow) {
    return flow.source().progress().stream()
        .map(PartitionProgress::partition)
        .map(Partition::name)
        .toList();
  }

  /** In order within each queue, each once. */
  private static void awaitExact(String topic, int messages) throws Exception {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> brokers.atTarget.size(topic) >= messages);
    for (int queue = 0; queue < QUEUES; queue++) {
      int lane = queue;
      assertThat(brokers.atTarget.read(topic, queue).stream().map(Topics.Content::body))
          .containsExactlyElementsOf(
              IntStream.range(0, messages)
                  .filter(number -> number % QUEUES == lane)
                  .mapToObj(Integer::toString)
                  .toList());
    }
  }
}
