package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testkit.ForeignServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that send paid orders to another system, and fetch them from there. */
class InOutTest {
  /** As their README.md say. */
  private static final int ORDERS = 500;

  @TempDir private Path folder;
  private String example = "";
  private Map<String, String> environment = Map.of();

  @Test
  void allPaidOrdersCrossKafkaAlsoThroughAStop() throws IOException {
    try (ForeignServer kafka = ForeignServer.kafka(folder.resolve("server"))) {
      example = "kafka-in-out";
      environment = Map.of("KAFKA", kafka.address());
      allPaidOrdersCrossThroughAStop("kafka");
    }
  }

  @Test
  void allPaidOrdersCrossAmqpAlsoThroughAStop() throws IOException {
    try (ForeignServer artemis = ForeignServer.artemis(folder.resolve("server"))) {
      example = "amqp-in-out";
      String[] address = artemis.address().split(":");
      environment = Map.of("AMQP_HOST", address[0], "AMQP_PORT", address[1]);
      allPaidOrdersCrossThroughAStop("amqp");
    }
  }

  /** Runs it twice, the first time not to its end. */
  private void allPaidOrdersCrossThroughAStop(String system) {
    String back = "from-" + system;
    Command first = run();
    first.await(() -> out(first, back) > 0);
    first.interrupt();
    first.end();
    int before = out(first, back);

    Command second = run();
    second.await(() -> second.flow(back).isPresent()); // its broker runs then
    Set<String> paid = paid();
    // What was under way at the stop may be there twice.
    second.await(() -> Orders.keys(tail(back, before + out(second, back))).containsAll(paid));
    List<JsonNode> fetched = tail(back, before + out(second, back));
    second.interrupt();
    second.end();

    assertPaid(fetched, paid);
  }

  private Set<String> paid() {
    return tail("orders", ORDERS).stream()
        .filter(order -> order.path("tag").asText().equals("paid"))
        .map(order -> order.path("keys").asText())
        .collect(Collectors.toSet());
  }

  private static void assertPaid(List<JsonNode> fetched, Set<String> paid) {
    assertThat(Orders.keys(fetched)).isEqualTo(paid);
    assertThat(fetched)
        .allSatisfy(
            order -> {
              assertThat(order.path("tag").asText()).isEqualTo("paid");
              assertThat(order.path("body").asText()).contains("\"amount\": ");
            });
  }

  private Command run() {
    return Command.start(environment, "run", example, "--data-dir", data());
  }

  private static int out(Command run, String flow) {
    return run.flow(flow).map(status -> status.path("out").asInt()).orElse(0);
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private List<JsonNode> tail(String topic, int count) {
    return Command.events(
        environment,
        Stream.of(
                List.of("tail", "--instance", "shop", "--topic", topic, "--flows", example),
                List.of("--data-dir", data(), "--from", "first"),
                List.of("--limit", Integer.toString(count)))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }
}
