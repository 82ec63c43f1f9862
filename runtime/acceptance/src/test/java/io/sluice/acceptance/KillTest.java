package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.MessageLoad;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL in the middle of a copy, of each of the three parties. */
class KillTest {
  private static final int MESSAGES = 40_000;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;
  private ReleasedServers source;
  private ReleasedServers target;
  private Path flows;

  @BeforeEach
  void loadTheSource() throws Exception {
    source = ReleasedServers.start("5.5.0", "source", folder.resolve("source"), Map.of());
    target = ReleasedServers.start("5.5.0", "target", folder.resolve("target"), Map.of());
    source.createTopic("orders", 4);
    target.createTopic("orders_copy", 4);
    MessageLoad.of(7).messages(MESSAGES).run(source.nameServer(), "orders");
    flows =
        MirrorFlow.write(
            folder.resolve("flow.yaml"),
            source.nameServer(),
            target.nameServer(),
            "orders",
            "orders_copy");
  }

  @AfterEach
  void stopTheServers() throws Exception {
    source.close();
    target.close();
  }

  @Test
  void losesNothingWhenTheRuntimeIsKilled() throws Exception { // I2, I3
    for (int kill = 1; kill <= 3; kill++) {
      try (Runtime runtime = Runtime.start(flows, folder.resolve("data"))) {
        awaitCopied(kill * MESSAGES / 5);
        runtime.kill();
      }
    }

    finish();
    assertExact();
  }

  @Test
  void findsItsPlaceWhenItsCheckpointsAreLost() throws Exception {
    try (Runtime runtime = Runtime.start(flows, folder.resolve("data"))) {
      awaitCopied(MESSAGES / 3);
      runtime.kill();
    }

    try (Runtime runtime =
        Runtime.start(flows, folder.resolve("new-data"), "--exit-when-idle", "2s")) {
      assertThat(runtime.await(LIMIT)).as(runtime.output()).isZero();
    }
    assertExact();
  }

  @Test
  void losesNothingWhenTheSourceBrokerIsKilled() throws Exception { // I3
    try (Runtime runtime = Runtime.start(flows, folder.resolve("data"), "--exit-when-idle", "5s")) {
      awaitCopied(MESSAGES / 4);
      source.killBroker();
      source.restartBroker();
      assertThat(runtime.await(LIMIT)).as(runtime.output()).isZero();
    }
    assertExact();
  }

  @Test
  void keepsOrderWhenTheTargetBrokerIsKilled() throws Exception { // I4, I7
    try (Runtime runtime = Runtime.start(flows, folder.resolve("data"), "--exit-when-idle", "5s")) {
      awaitCopied(MESSAGES / 4);
      target.killBroker();
      target.restartBroker();
      assertThat(runtime.await(LIMIT)).as(runtime.output()).isZero();
    }
    assertExact();
  }

  private void awaitCopied(long messages) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> target.messages("orders_copy") >= messages);
  }

  private void finish() throws Exception {
    try (Runtime runtime = Runtime.start(flows, folder.resolve("data"), "--exit-when-idle", "2s")) {
      assertThat(runtime.await(LIMIT)).as(runtime.output()).isZero();
    }
  }

  private void assertExact() throws Exception {
    MirrorReport result =
        MirrorCheck.between(source.nameServer(), "orders", target.nameServer(), "orders_copy")
            .run();
    assertThat(result.expected()).isEqualTo(MESSAGES);
    assertThat(result.isExact()).as(result.toString()).isTrue();
  }
}
