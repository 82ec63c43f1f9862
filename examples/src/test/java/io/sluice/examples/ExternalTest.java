package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.broker.IntegratedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalTest {
  private static final int ORDERS = 1_000;
  private static final List<String> TAGS = List.of("created", "paid", "shipped", "refunded");

  @TempDir private Path folder;

  @Test
  void copiesBetweenInstancesThatTheEnvironmentNames() throws IOException {
    try (IntegratedBroker source = broker("east");
        IntegratedBroker target = broker("west")) {
      Map<String, String> environment =
          Map.of(
              "SOURCE_NAME_SERVER", source.nameServerAddress(),
              "TARGET_NAME_SERVER", target.nameServerAddress());
      Command.start(
              environment,
              "send",
              "--flows",
              "external",
              "--instance",
              "source",
              "--topic",
              "orders",
              "--file",
              orders().toString())
          .end();
      Command run =
          Command.start(
              environment,
              "run",
              "external",
              "--data-dir",
              folder.resolve("data").toString(),
              "--exit-when-idle",
              "2s");
      JsonNode flow = run.end().path("result").path("flows").path(0);
      Set<String> expected = Orders.keysOfPaidAbove100(tail(environment, "source", ORDERS));
      assertThat(flow.path("out").asInt()).isEqualTo(expected.size()).isPositive();
      assertThat(Orders.keys(tail(environment, "target", expected.size()))).isEqualTo(expected);
    }
  }

  @Test
  void saysWhichVariableIsMissing() {
    JsonNode envelope = Command.start(Map.of(), "validate", "external").end(2);
    assertThat(envelope.path("result").path("findings").findValuesAsText("message").toString())
        .contains("SOURCE_NAME_SERVER")
        .contains("TARGET_NAME_SERVER");
  }

  private IntegratedBroker broker(String name) {
    return IntegratedBroker.builder(name).dataDir(folder.resolve(name)).start();
  }

  private Path orders() throws IOException {
    String lines =
        IntStream.range(0, ORDERS)
            .mapToObj(
                number ->
                    "{\"key\": \"order-%d\", \"tag\": \"%s\", \"body\": {\"amount\": %d}}"
                        .formatted(number, TAGS.get(number % 4), number % 251))
            .collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve("orders.jsonl"), lines);
  }

  private static List<JsonNode> tail(Map<String, String> environment, String instance, int limit) {
    return Command.events(
        environment,
        "tail",
        "--instance",
        instance,
        "--topic",
        "orders",
        "--flows",
        "external",
        "--from",
        "first",
        "--limit",
        Integer.toString(limit));
  }
}
