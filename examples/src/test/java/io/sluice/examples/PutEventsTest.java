package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.message.InstanceLookup;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.event.Event;
import io.sluice.sdk.event.EventPublisher;
import io.sluice.sdk.event.PutEventsResult;
import io.sluice.sdk.event.PutEventsResult.Failed;
import io.sluice.sdk.instance.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PutEventsTest {
  private static final Pattern JAVA =
      Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir private Path data;

  @Test
  void eventsAreAnsweredOneByOneAndFollowTheRulesOfTheBus() throws Exception {
    Command run = Command.start(Map.of(), "run", "put-events", "--data-dir", data.toString());
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                run.hasEnded()
                    || run.flow("orders/large/packing").stream()
                        .anyMatch(flow -> flow.path("state").asText().equals("RUNNING")));

    Command put =
        Command.start(
            Map.of(),
            "put-events",
            "orders",
            "--flows",
            "put-events",
            "--data-dir",
            data.toString(),
            "--file",
            "put-events/events/orders.json");
    JsonNode result = put.end(1).path("result");
    assertThat(result.path("entries").asInt()).isEqualTo(4);
    assertThat(result.path("failedEntryCount").asInt()).isEqualTo(1);
    JsonNode refused = put.line(2);
    assertThat(refused.path("entry").asInt()).isEqualTo(3);
    assertThat(refused.path("eventId").asText()).isEqualTo("19");
    assertThat(refused.path("errorCode").asText()).isEqualTo("event.invalid");

    putFromAProgram();

    List<JsonNode> large =
        Command.events(
            Map.of(),
            "tail",
            "--instance",
            "shop",
            "--topic",
            "to-pack",
            "--flows",
            "put-events",
            "--data-dir",
            data.toString(),
            "--from",
            "first",
            "--limit",
            "3");
    List<String> ids =
        large.stream().map(event -> event.at("/properties/CE_id").asText()).sorted().toList();
    assertThat(ids).containsExactly("17", "20", "21");
    run.interrupt();
    run.end();
  }

  /** Between its braces stands what the documentation shows. */
  private void putFromAProgram() throws Exception {
    Instance shop =
        new InstanceLookup(
                data.resolve("brokers"),
                () -> new FlowModel(List.of(), List.of(), List.of(), List.of()))
            .find("shop");
    StringBuilder failures = new StringBuilder();
    // tag::usage[]
    try (EventPublisher bus = EventPublisher.open(shop, "eventbus-orders")) {
      Event paid =
          Event.builder("shop", "order.paid")
              .id("21")
              .subject("orders/21")
              .json("{\"order\": 21, \"amount\": 120}")
              .build();
      PutEventsResult result = bus.putEvents(List.of(paid)).toCompletableFuture().join();
      for (PutEventsResult.Entry entry : result.entries()) {
        if (entry instanceof Failed failed) {
          failures.append(failed.eventId()).append(": ").append(failed.reason());
        }
      }
    }
    // end::usage[]
    assertThat(failures).isEmpty();
  }

  @Test
  void theDocumentationShowsWhatIsTestedHere() throws IOException {
    Matcher shown = JAVA.matcher(Files.readString(Path.of("../docs/event-sources.md")));
    assertThat(shown.find()).isTrue();
    Path source = Path.of("src/test/java/io/sluice/examples/PutEventsTest.java");
    String tested =
        Files.readString(source).split("// tag::usage\\[]\n")[1].split(" *// end::usage")[0];

    assertThat(shown.group(1).stripTrailing()).isEqualTo(tested.stripTrailing().stripIndent());
  }
}
