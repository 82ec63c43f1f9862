package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoRegionsTest {
  private static final int ORDERS = 12_000;

  /** As README.md says; it follows from the seed. */
  private static final int PAID_ABOVE_100 = 4_794;

  @TempDir private Path data;

  @Test
  void endsByItselfWithTheRightCounts() {
    Command run = run("--exit-when-idle", "2s");
    JsonNode flows = run.end().path("result").path("flows");
    JsonNode sampleOrders = flows.path(0);
    JsonNode paidOrders = flows.path(1);
    assertThat(sampleOrders.path("in").asInt()).isEqualTo(ORDERS);
    assertThat(sampleOrders.path("out").asInt()).isEqualTo(ORDERS);
    assertThat(paidOrders.path("out").asInt()).isEqualTo(PAID_ABOVE_100);
    assertThat(paidOrders.path("out").asInt() + paidOrders.path("filtered").asInt())
        .isEqualTo(paidOrders.path("in").asInt());
  }

  @Test
  void exactlyThePaidOrdersAbove100Arrive() {
    Command run = run();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> run.hasEnded() || isDone(run, "sample-orders", ORDERS));
    Set<String> expected = Orders.keysOfPaidAbove100(tail("qingdao", ORDERS));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> run.hasEnded() || isDone(run, "paid-orders", expected.size()));
    List<JsonNode> arrived = tail("singapore", expected.size());
    run.interrupt();
    JsonNode paidOrders = run.end().path("result").path("flows").path(1);
    assertThat(paidOrders.path("out").asInt()).isEqualTo(expected.size());
    assertThat(Orders.keys(arrived)).isEqualTo(expected);
  }

  private static boolean isDone(Command run, String flow, int out) {
    return run.flow(flow)
        .filter(status -> status.path("out").asInt() >= out && status.path("lag").asInt(1) == 0)
        .isPresent();
  }

  private Command run(String... options) {
    String[] arguments = new String[options.length + 4];
    List.of("run", "two-regions", "--data-dir", data.toString()).toArray(arguments);
    System.arraycopy(options, 0, arguments, 4, options.length);
    return Command.start(Map.of(), arguments);
  }

  private List<JsonNode> tail(String instance, int limit) {
    return Command.events(
        Map.of(),
        "tail",
        "--instance",
        instance,
        "--topic",
        "orders",
        "--flows",
        "two-regions",
        "--data-dir",
        data.toString(),
        "--from",
        "first",
        "--limit",
        Integer.toString(limit));
  }
}
