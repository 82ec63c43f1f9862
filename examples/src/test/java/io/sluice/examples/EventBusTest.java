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

class EventBusTest {
  private static final int ORDERS = 1_000;
  private static final String BUS = "shop-events";

  @TempDir private Path data;

  @Test
  void theBusPassesItsTests() {
    JsonNode result = Command.start(Map.of(), "test", "event-bus").end().path("result");

    assertThat(result.path("passed").asInt()).isEqualTo(3);
  }

  @Test
  void showsWhyAnOrderMatches() {
    JsonNode result =
        Command.start(Map.of(), "explain", "event-bus", "event-bus/events/order.json")
            .end()
            .path("result");

    assertThat(result.path("targets")).hasSize(4);
    assertThat(result.path("targets").path(0).path("matches").asBoolean()).isTrue();
    assertThat(result.path("targets").path(3).path("disabled").asBoolean()).isTrue();
  }

  @Test
  void eachRuleDeliversToItsTargetsAndAReplayToTheChosenOne() {
    Command run = Command.start(Map.of(), "run", "event-bus", "--data-dir", data.toString());
    for (String target :
        List.of("paid-orders/crm", "paid-orders/audit", "big-or-cancelled/audit")) {
      awaitTarget(run, target, "in", ORDERS);
      awaitTarget(run, target, "lag", 0);
    }
    List<JsonNode> events =
        Command.events(
            Map.of(),
            here("tail", "--instance", "shop", "--topic", "eventbus-" + BUS, "--from", "first")
                .limit(ORDERS));
    List<JsonNode> letters =
        Command.events(Map.of(), here("dlq", "list", BUS + "/paid-orders/crm").all());
    long paid = events.stream().filter(event -> type(event).equals("order.paid")).count();
    long withoutAmount =
        events.stream()
            .filter(event -> type(event).equals("order.paid"))
            .filter(event -> event.path("body").asText().contains("total"))
            .count();

    assertThat(letters).hasSize((int) withoutAmount).isNotEmpty();
    assertThat(target(run, "paid-orders/crm").path("out").asLong()).isEqualTo(paid - withoutAmount);
    assertThat(target(run, "paid-orders/audit").path("out").asLong()).isEqualTo(paid);
    assertThat(target(run, "everything/archive").path("out").asLong()).isZero();
    long looked = target(run, "big-or-cancelled/audit").path("out").asLong();
    assertThat(looked).isGreaterThanOrEqualTo(ORDERS - paid);

    JsonNode replay =
        Command.start(
                Map.of(), here("replay", BUS, "--from", "0", "--rule", "big-or-cancelled").all())
            .end()
            .path("result");
    assertThat(replay.path("replayed").asInt()).isEqualTo(ORDERS);
    awaitTarget(run, "big-or-cancelled/audit", "out", 2 * looked);
    run.interrupt();
    run.end();
    assertThat(target(run, "paid-orders/audit").path("out").asLong()).isEqualTo(paid);
  }

  private static String type(JsonNode event) {
    return event.at("/properties/CE_type").asText();
  }

  private static JsonNode target(Command run, String name) {
    return run.flow(BUS + "/" + name).orElseThrow();
  }

  private static void awaitTarget(Command run, String name, String count, long number) {
    await(name + " " + count)
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                run.hasEnded()
                    || run.flow(BUS + "/" + name)
                        .filter(status -> status.path(count).asLong(-1) == number)
                        .isPresent());
    if (run.hasEnded()) {
      run.end(-1); // which shows what it printed
    }
  }

  private Arguments here(String... arguments) {
    return new Arguments(arguments, data);
  }

  /** Arguments of a call that looks at the run. */
  private record Arguments(String[] arguments, Path data) {
    String[] all() {
      return Stream.concat(
              Stream.of(arguments),
              Stream.of("--flows", "event-bus", "--data-dir", data.toString()))
          .toArray(String[]::new);
    }

    String[] limit(int number) {
      return Stream.concat(Stream.of(all()), Stream.of("--limit", Integer.toString(number)))
          .toArray(String[]::new);
    }
  }
}
