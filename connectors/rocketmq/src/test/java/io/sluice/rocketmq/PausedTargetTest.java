package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.all;
import static io.sluice.rocketmq.BrokerPair.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A target's broker stands still, with requests unread in its buffers, for longer than they are
 * waited for.
 */
class PausedTargetTest {
  private static final int QUEUES = 8;
  private static final int PART = 80;
  private static final int PAUSES = 4;
  private static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(strings = {"4.9.7", "5.5.0"})
  void storesNothingTwice(String version, @TempDir Path folder) throws Exception { // I3, I7
    try (BrokerPair brokers = new BrokerPair(folder);
        ReleasedServers target =
            ReleasedServers.start(version, "target", folder.resolve("released"), Map.of())) {
      brokers.topic(brokers.source, "orders", QUEUES);
      target.createTopic("orders", QUEUES);
      Instance released =
          Instance.builder("target")
              .nameServers(List.of(target.nameServer()))
              .timeouts(SHORT)
              .build();
      DirectFlow flow =
          brokers.flow(
              all("orders"),
              to("orders"),
              Map.of(),
              Map.of("source", brokers.source.instance(), "target", released));
      flow.start().toCompletableFuture().join();
      int part = 0;
      for (int pause = 0; pause < PAUSES; pause++) {
        send(brokers, part++); // by the connection of the moment, so that the next goes at once
        awaitRecords(flow, part * PART);
        flow.unstored.clear();
        target.pauseBroker();
        send(brokers, part++);
        awaitAttempts(flow);
        target.continueBroker();
        awaitRecords(flow, part * PART);
      }

      MirrorReport report =
          MirrorCheck.between(
                  brokers.source.nameServerAddress(), "orders", target.nameServer(), "orders")
              .run();
      assertThat(report.isExact()).as(report.toString()).isTrue();
      assertThat(flow.failures).isEmpty();
    }
  }

  private static void send(BrokerPair brokers, int part) throws Exception {
    brokers.atSource.sendNumbers("orders", QUEUES, part * PART, (part + 1) * PART);
  }

  /** Until there are outcomes that nobody knows, and brokers were asked for them in vain. */
  private static void awaitAttempts(DirectFlow flow) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(flow.unstored)
                    .as("%s %s", flow.troubles, flow.failures)
                    .hasSizeGreaterThanOrEqualTo(2 * QUEUES)
                    .hasAtLeastOneElementOfType(WriteResult.Unknown.class));
  }

  private static void awaitRecords(DirectFlow flow, long records) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(flow.records.get())
                    .as("%s %s %s", flow.troubles, flow.unstored, flow.failures)
                    .isGreaterThanOrEqualTo(records));
  }
}
