package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.IntegratedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Flows that read topics of a real broker, the instance {@code trial}.
 *
 * @param folder of their files and data
 */
record TrialFlows(Path folder, IntegratedBroker broker) {

  /** A broker to be given topics and started. */
  static IntegratedBroker.Builder broker(Path folder) {
    return IntegratedBroker.builder("trial").dataDir(folder.resolve("broker"));
  }

  /** The data directory of their runs. */
  String data() {
    return folder.resolve("data").toString();
  }

  /**
   * Writes the file of a flow that reads a topic from its beginning and has its name.
   *
   * @param rest all but its source
   */
  Path flow(String topic, String rest) throws IOException {
    return Files.writeString(
        folder.resolve(topic + ".yaml"),
        """
        kind: Instance
        name: trial
        endpoints: { private: { nameServer: "%s" } }
        ---
        kind: EventFlow
        name: %s
        source:
          rocketmq:
            { instance: trial, topic: %s, groupID: GID_%s, offset: CONSUME_FROM_FIRST_OFFSET }
        """
                .formatted(broker.nameServerAddress(), topic, topic, topic)
            + rest);
  }

  /** Sends messages as {@code sluice send} reads them, a line each. */
  void send(String topic, Stream<String> messages) {
    Call call = new Call().reading(messages.collect(Collectors.joining("\n", "", "\n")));
    assertThat(
            call.run(
                "send", "--instance", broker.nameServerAddress(), "--topic", topic, "--file", "-"))
        .as(call.err())
        .isZero();
  }

  /** Runs a flow in good order until nothing is left to do. */
  void finish(Path flow) {
    Call call = new Call();
    assertThat(call.run("run", flow.toString(), "--data-dir", data(), "--exit-when-idle", "2s"))
        .as(call.out() + call.err())
        .isZero();
  }
}
