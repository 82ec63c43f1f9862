package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowTestsTest {
  @TempDir private Path data;

  @Test
  void itsTestsPass() {
    JsonNode result = Command.start(Map.of(), "test", "flow-tests").end().path("result");

    assertThat(result.path("passed").asInt()).isEqualTo(4);
  }

  @Test
  void theExplanationShowsTheAmountThatIsTooSmall() {
    JsonNode result =
        Command.start(
                Map.of(),
                "explain",
                "flow-tests",
                "flow-tests/events/order.json",
                "--flow",
                "shipments")
            .end()
            .path("result");

    assertThat(result.path("matches").asBoolean()).isFalse();
    assertThat(result.at("/pattern/0/matches").asBoolean()).isTrue();
    assertThat(result.at("/pattern/1/field").asText()).isEqualTo("data.body.amount");
    assertThat(result.at("/pattern/1/values/0").asText()).isEqualTo("90");
    assertThat(result.at("/pattern/1/matches").asBoolean()).isFalse();
  }

  @Test
  void aRunMakesTheEventsThatTheTestsExpect() throws IOException {
    Command run = Command.start(Map.of(), "run", "flow-tests", "--data-dir", data.toString());
    await().atMost(Duration.ofMinutes(2)).until(() -> run.hasEnded() || hasShipped(run));

    List<JsonNode> shipments =
        Command.events(
            Map.of(),
            "tail",
            "--instance",
            "shop",
            "--topic",
            "shipments",
            "--flows",
            "flow-tests",
            "--data-dir",
            data.toString(),
            "--from",
            "first",
            "--limit",
            "1");
    run.interrupt();
    run.end();
    JsonNode shipment = shipments.get(0);
    JsonNode event = new ObjectMapper().readTree(shipment.path("body").asText());
    assertThat(shipment.path("tag").asText()).isEqualTo("ship");
    assertThat(shipment.at("/properties/CE_contenttype").asText())
        .isEqualTo("application/cloudevents+json");
    assertThat(event.path("type").asText()).isEqualTo("shop.shipment");
    assertThat(event.path("id")).isEqualTo(shipment.path("keys"));
    assertThat(event.at("/data/insured").asInt()).isGreaterThan(100);
  }

  private static boolean hasShipped(Command run) {
    return run.flow("shipments").filter(status -> status.path("out").asInt() > 0).isPresent();
  }
}
