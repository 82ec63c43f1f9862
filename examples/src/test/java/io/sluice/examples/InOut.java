package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An example that sends paid orders to another system, and fetches them from there.
 *
 * @param example its folder
 * @param system the name of the other system, as in the names of flows and topics
 */
record InOut(String example, String system, Map<String, String> environment, Path data) {
  /** As README.md says. */
  private static final int ORDERS = 500;

  /** Runs it twice, the first time not to its end. */
  void allPaidOrdersCrossAlsoThroughAStop() {
    Command first = run();
    await().atMost(Duration.ofMinutes(2)).until(() -> first.hasEnded() || fetched(first) > 0);
    first.interrupt();
    first.end();
    int before = fetched(first);

    Command second = run();
    Set<String> paid =
        tail("orders", ORDERS).stream()
            .filter(order -> order.path("tag").asText().equals("paid"))
            .map(order -> order.path("keys").asText())
            .collect(Collectors.toSet());
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> second.hasEnded() || before + fetched(second) >= paid.size());
    List<JsonNode> fetched = tail("from-" + system, paid.size());
    second.interrupt();
    second.end();

    assertThat(Orders.keys(fetched)).isEqualTo(paid);
    assertThat(fetched)
        .allSatisfy(
            order -> {
              assertThat(order.path("tag").asText()).isEqualTo("paid");
              assertThat(order.path("body").asText()).contains("\"amount\": ");
            });
  }

  private Command run() {
    return Command.start(environment, "run", example, "--data-dir", data.toString());
  }

  private int fetched(Command run) {
    return run.flow("from-" + system).map(flow -> flow.path("out").asInt()).orElse(0);
  }

  private List<JsonNode> tail(String topic, int count) {
    return Command.events(
        environment,
        Stream.of(
                List.of("tail", "--instance", "shop", "--topic", topic, "--flows", example),
                List.of("--data-dir", data.toString(), "--from", "first"),
                List.of("--limit", Integer.toString(count)))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }
}
