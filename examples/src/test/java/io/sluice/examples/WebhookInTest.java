package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testkit.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookInTest {
  private final int port = FreePorts.one();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path data;

  @Test
  void answersWhenTheOrderIsStored() throws Exception {
    Map<String, String> environment = Map.of("WEBHOOK_PORT", Integer.toString(port));
    Command run = Command.start(environment, "run", "webhook-in", "--data-dir", data.toString());
    await().atMost(Duration.ofMinutes(2)).until(() -> run.hasEnded() || isListening());

    assertThat(post("{\"order\": 17, \"amount\": 250}")).isEqualTo(200);
    assertThat(post("{\"order\": 18, \"amount\": 0}")).isEqualTo(200); // dropped by the rule
    assertThat(post("{\"order\": 19, \"amount\": 1}")).isEqualTo(200);

    List<JsonNode> stored =
        Command.events(
            environment,
            "tail",
            "--instance",
            "shop",
            "--topic",
            "orders",
            "--flows",
            "webhook-in",
            "--data-dir",
            data.toString(),
            "--from",
            "first",
            "--limit",
            "2");
    assertThat(Orders.keys(stored)).containsExactly("17", "19");
    run.interrupt();
    JsonNode flow = run.end().path("result").path("flows").path(0);
    assertThat(flow.path("out").asInt()).isEqualTo(2);
    assertThat(flow.path("filtered").asInt()).isEqualTo(1);
  }

  /** Anything but a POST is refused before it becomes a record. */
  private boolean isListening() throws IOException, InterruptedException {
    try {
      HttpRequest get = HttpRequest.newBuilder(address()).build();
      return client.send(get, BodyHandlers.discarding()).statusCode() == 405;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  private int post(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address())
            .POST(BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + port + "/orders");
  }
}
