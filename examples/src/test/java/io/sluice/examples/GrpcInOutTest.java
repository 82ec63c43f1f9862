package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testkit.FreePorts;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcInOutTest {
  /** As README.md says. */
  private static final int EVENTS = 2_000;

  @TempDir private Path data;

  @Test
  void allEventsCross() {
    Command run =
        Command.start(
            Map.of("EVENTS_PORT", Integer.toString(FreePorts.one())),
            "run",
            "grpc-in-out",
            "--data-dir",
            data.toString(),
            "--exit-when-idle",
            "2s");
    Map<String, JsonNode> flows = new TreeMap<>();
    for (JsonNode flow : run.end().path("result").path("flows")) {
      flows.put(flow.path("flow").asText(), flow);
    }
    assertThat(flows.get("send-events").path("out").asInt()).isEqualTo(EVENTS);
    assertThat(flows.get("receive-events").path("out").asInt()).isEqualTo(EVENTS);
  }
}
