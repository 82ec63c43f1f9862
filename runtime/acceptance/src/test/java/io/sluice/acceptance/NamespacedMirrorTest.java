package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.MessageLoad;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between instances that share their clusters with others. */
class NamespacedMirrorTest {
  private static final int MESSAGES = 5_000;

  @TempDir Path folder;

  @Test
  void namesCarryTheInstanceOnTheWireAndNowhereElse() throws Exception {
    try (ReleasedServers source = servers("4.9.7", "source");
        ReleasedServers target = servers("5.5.0", "target")) {
      source.createTopic("MQ_INST_A%orders", 4);
      MessageLoad.of(42).messages(MESSAGES).run(source.nameServer(), "MQ_INST_A%orders");
      Path flows = write(source, target);

      run(flows, "first");
      run(flows, "second"); // knows the end of the target by its stamps

      MirrorReport result =
          MirrorCheck.between(
                  source.nameServer(), "MQ_INST_A%orders", target.nameServer(), "MQ_INST_B%copies")
              .run();
      assertThat(result.expected()).isEqualTo(MESSAGES);
      assertThat(result.isExact()).as(result.toString()).isTrue();
    }
  }

  private void run(Path flows, String data) throws Exception {
    try (Runtime runtime = Runtime.start(flows, folder.resolve(data), "--exit-when-idle", "2s")) {
      assertThat(runtime.await(Duration.ofMinutes(3))).as(runtime.output()).isZero();
    }
  }

  private ReleasedServers servers(String version, String name) {
    return ReleasedServers.start(version, name, folder.resolve(name), Map.of());
  }

  private Path write(ReleasedServers source, ReleasedServers target) throws IOException {
    return Files.writeString(
        folder.resolve("flow.yaml"),
        """
        kind: Instance
        name: source
        version: 4.x
        instanceId: MQ_INST_A
        endpoints: { private: { nameServer: "%s" } }
        ---
        kind: Instance
        name: target
        instanceId: MQ_INST_B
        endpoints: { private: { nameServer: "%s" } }
        ---
        kind: EventFlow
        name: copies
        source:
          rocketmq:
            instance: source
            topic: orders
            groupID: GID_copies
            offset: CONSUME_FROM_FIRST_OFFSET
        filterPattern: { data: { topic: [ orders ] } }
        sink: { rocketmq: { instance: target, topic: copies } }
        """
            .formatted(source.nameServer(), target.nameServer()));
  }
}
