package io.sluice.rocketmq.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.BrokerPair;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a source fetches, from a real broker. */
class FlowControlTest {
  private static final InFlightLimit LIMIT = new InFlightLimit(1000, 1 << 20);

  @AutoClose private static BrokerPair brokers;

  @BeforeAll
  static void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
  }

  @Test
  void holdsNoMoreThanTheLimitWhileNothingIsAnsweredAndNothingInTheEnd() throws Exception {
    int queues = 8;
    int perQueue = 800;
    String topic = "backlog";
    brokers.topic(brokers.source, topic, queues);
    for (int queue = 0; queue < queues; queue++) {
      brokers.atSource.sendBytes(topic, queue, perQueue, 8192);
    }
    Offers offers = new Offers();
    RocketMqSource source = source(topic, LIMIT);
    try {
      source.start(offers).toCompletableFuture().join();
      await().until(() -> !offers.waiting.isEmpty());
      // One answer of a broker for each queue may come on top of the limit.
      long most = LIMIT.bytes() + queues * (256L << 10);
      await()
          .during(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                assertThat(source.inFlight().bytes()).isLessThanOrEqualTo(most); // I6
                assertThat(source.inFlight().records())
                    .isLessThanOrEqualTo(LIMIT.records() + 32 * queues);
              });
      drain(source, offers, queues * perQueue, most);
    } finally {
      source.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
    await().until(() -> source.inFlight().records() == 0 && source.inFlight().bytes() == 0);
  }

  @Test
  void readsEveryQueueThoughIdleOnesCouldHoldAllTheRoom() throws Exception {
    int queues = 40;
    String topic = "mostly-idle";
    brokers.topic(brokers.source, topic, queues);
    Offers offers = new Offers();
    RocketMqSource source = source(topic, new InFlightLimit(64, 1 << 20));
    try {
      source.start(offers).toCompletableFuture().join();
      for (int queue = 0; queue < queues; queue++) {
        brokers.atSource.sendBytes(topic, queue, 3, 10);
      }
      drain(source, offers, 3L * queues, Long.MAX_VALUE);
    } finally {
      source.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  @Test // I1, I6
  void passesBatchesThatWaitWithinTheLimitAndCommitsNothingBehindThem() throws Exception {
    String topic = "passed";
    brokers.topic(brokers.source, topic, 1);
    brokers.atSource.sendBytes(topic, 0, 500, 8192);
    Offers offers = new Offers();
    RocketMqSource source = source(topic, LIMIT);
    try {
      source.start(offers).toCompletableFuture().join();
      Deque<Batch> waiting = new ArrayDeque<>();
      for (Batch batch = offers.waiting.poll(15, TimeUnit.SECONDS);
          batch != null;
          batch = offers.waiting.poll(2, TimeUnit.SECONDS)) {
        assertThat(waiting.isEmpty() || waiting.getLast().next().equals(batch.first())).isTrue();
        waiting.add(batch);
        source.goOn(batch);
      }
      assertThat(waiting).hasSizeGreaterThan(1);
      assertThat(source.inFlight().bytes()).isLessThanOrEqualTo(LIMIT.bytes() + (256L << 10));

      Batch first = waiting.remove();
      long done = first.count();
      for (Batch batch : waiting) {
        source.done(batch, Optional.empty());
        done += batch.count();
      }
      await().until(() -> !offers.waiting.isEmpty());
      assertThat(source.progress().get(0).committed()).isEqualTo(first.first());
      source.done(first, Optional.empty());
      drain(source, offers, 500 - done, Long.MAX_VALUE);
      await().until(() -> source.progress().get(0).committed().offset() == 500);
    } finally {
      source.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
    await().until(() -> source.inFlight().bytes() == 0);
  }

  @Test
  void stopsThoughABatchIsOpenAndGivesBackWhatWaited() throws Exception {
    String topic = "stopped-full";
    brokers.topic(brokers.source, topic, 1);
    brokers.atSource.sendBytes(topic, 0, 500, 8192);
    Offers offers = new Offers();
    RocketMqSource source = source(topic, LIMIT);
    source.start(offers).toCompletableFuture().join();
    Batch open = offers.waiting.poll(10, TimeUnit.SECONDS);
    source.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
    await().until(() -> source.inFlight().bytes() == open.bytes());
    source.done(open, Optional.empty());
    assertThat(source.inFlight().bytes()).isZero();
    assertThat(source.inFlight().records()).isZero();
    assertThat(offers.waiting).isEmpty();
  }

  private static void drain(RocketMqSource source, Offers offers, long records, long most)
      throws Exception {
    long done = 0;
    while (done < records) {
      Batch batch = offers.waiting.poll(15, TimeUnit.SECONDS);
      assertThat(batch).as("after %d of %d", done, records).isNotNull();
      assertThat(source.inFlight().bytes()).isLessThanOrEqualTo(most);
      done += batch.count();
      source.done(batch, Optional.empty());
    }
    assertThat(done).isEqualTo(records);
    assertThat(offers.failures).hasValue(0);
  }

  private static RocketMqSource source(String topic, InFlightLimit limit) {
    return new RocketMqSource(
        RocketMqSourceConfiguration.groupless(
            "source", topic, ConsumeOffset.CONSUME_FROM_FIRST_OFFSET, Optional.empty()),
        new Context(brokers.source.instance(), brokers.scheduler, limit),
        brokers.clients);
  }

  /** An engine that answers nothing by itself. */
  private static final class Offers implements BatchReceiver {
    private final BlockingQueue<Batch> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong failures = new AtomicLong();

    @Override
    public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
      return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletionStage<Void> revoked(List<Partition> partitions) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void offer(Batch batch) {
      waiting.add(batch);
    }

    @Override
    public void troubled(SluiceException cause) {
      failures.incrementAndGet();
    }

    @Override
    public void recovered() {}

    @Override
    public void failed(SluiceException cause) {
      failures.incrementAndGet();
    }
  }

  private record Context(Instance only, Scheduler scheduler, InFlightLimit inFlightLimit)
      implements SourceContext {
    @Override
    public String flow() {
      return "flow-control";
    }

    @Override
    public String runtime() {
      return "runtime";
    }

    @Override
    public Instance instance(String name) {
      return only;
    }
  }
}
