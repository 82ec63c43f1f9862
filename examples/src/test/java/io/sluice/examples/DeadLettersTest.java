package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
  private static final int ORDERS = 1_000;

  @TempDir private Path data;

  @Test
  void ordersWithoutAnAmountAreDeadLettersUntilTheyAreSentAgain() {
    Command strict = run(Map.of());
    awaitInvoices(strict, "in", ORDERS);
    awaitInvoices(strict, "lag", 0);
    List<JsonNode> letters = events("dlq", "list", "invoices");
    assertThat(letters).hasSizeBetween(ORDERS / 10, ORDERS / 3);
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(letter.path("code").asText()).isEqualTo("flow.missing-value");
              assertThat(letter.path("body").asText()).contains("total");
            });
    strict.interrupt();
    JsonNode invoices = strict.end().path("result").path("flows").path(1);
    assertThat(invoices.path("deadLettered").asInt()).isEqualTo(letters.size());
    assertThat(invoices.path("out").asInt()).isEqualTo(ORDERS - letters.size());

    Command lenient = run(Map.of("STRICT", "false"));
    awaitInvoices(lenient, "lag", 0);
    assertThat(redrive().path("sent").asInt()).isEqualTo(letters.size());
    awaitInvoices(lenient, "out", letters.size());
    assertThat(redrive().path("sent").asInt()).as("all are there").isZero();
    List<JsonNode> made =
        events(
            "tail",
            "--instance",
            "hangzhou",
            "--topic",
            "invoices",
            "--from",
            "first",
            "--limit",
            Integer.toString(ORDERS));
    lenient.interrupt();
    lenient.end();

    assertThat(made.stream().map(invoice -> invoice.path("keys").asText()).distinct())
        .hasSize(ORDERS);
  }

  private Command run(Map<String, String> environment) {
    return Command.start(environment, "run", "dead-letters", "--data-dir", data.toString());
  }

  private static void awaitInvoices(Command run, String count, int number) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                run.hasEnded()
                    || run.flow("invoices")
                        .filter(status -> status.path(count).asInt(-1) == number)
                        .isPresent());
  }

  private JsonNode redrive() {
    return Command.start(Map.of(), here("dlq", "redrive", "invoices", "--all"))
        .end()
        .path("result");
  }

  private List<JsonNode> events(String... arguments) {
    return Command.events(Map.of(), here(arguments));
  }

  private String[] here(String... arguments) {
    return Stream.concat(
            Stream.of(arguments),
            Stream.of("--flows", "dead-letters", "--data-dir", data.toString()))
        .toArray(String[]::new);
  }
}
