package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.MessageLoad;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorFlow;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pair of RocketMQ generations, through the command. */
class MirrorMatrixTest {
  private static final int MESSAGES = 50_000;
  private static final int QUEUES = 8;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({"4.8.0, 5.5.0", "4.9.7, 5.5.0", "5.5.0, 4.9.7", "5.5.0, 5.5.0", "5.5.0, 4.8.0"})
  void copiesEveryByteInOrder(String from, String to) throws Exception { // I5
    try (ReleasedServers source =
            ReleasedServers.start(from, "source", folder.resolve("source"), Map.of());
        ReleasedServers target =
            ReleasedServers.start(to, "target", folder.resolve("target"), Map.of())) {
      source.createTopic("orders", QUEUES);
      MessageLoad.of(42).messages(MESSAGES).run(source.nameServer(), "orders");
      Path flows =
          MirrorFlow.of(source.nameServer(), "orders", target.nameServer(), "orders_copy")
              .write(folder.resolve("flow.yaml"));

      try (Runtime runtime =
          Runtime.start(flows, folder.resolve("data"), "--exit-when-idle", "2s")) {
        assertThat(runtime.await(Duration.ofMinutes(3))).as(runtime.output()).isZero();
      }

      MirrorReport result =
          MirrorCheck.between(source.nameServer(), "orders", target.nameServer(), "orders_copy")
              .run();
      assertThat(result.expected()).isEqualTo(MESSAGES);
      assertThat(result.isExact()).as(result.toString()).isTrue();
    }
  }
}
