package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.broker.IntegratedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendAndTailTest {
  @TempDir private static Path folder;
  private static IntegratedBroker broker;

  private final Call call = new Call();

  @BeforeAll
  static void startBroker() {
    broker = IntegratedBroker.builder("trial").dataDir(folder.resolve("broker")).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void whatIsSentIsRead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("orders.jsonl"),
            """
            {"key": "A", "tag": "paid", "properties": {"region": "north"}, "body": {"amount": 1}}
            {"key": "A", "body": "two"}
            {"key": "A", "bodyBase64": "AAH/"}
            """);
    assertThat(on("send", "orders", "--file", file.toString(), "--tag", "new", "--property", "x=1"))
        .isZero();
    assertThat(call.out().strip()).isEqualTo("3 messages sent to orders.");

    List<JsonNode> records = tail("orders", "--from", "first", "--limit", "3");
    JsonNode first = records.get(0);
    assertThat(first.path("keys").asText()).isEqualTo("A");
    assertThat(first.path("tag").asText()).isEqualTo("paid");
    assertThat(first.path("properties").toString())
        .isIn("{\"region\":\"north\",\"x\":\"1\"}", "{\"x\":\"1\",\"region\":\"north\"}");
    assertThat(first.path("body").asText()).isEqualTo("{\"amount\":1}");
    assertThat(records.get(1).path("tag").asText()).isEqualTo("new");
    assertThat(records.get(1).path("body").asText()).isEqualTo("two");
    assertThat(records.get(2).path("bodyBase64").asText()).isEqualTo("AAH/");
  }

  @Test
  void aBadLineIsNamedAndWhatStoodBeforeItIsSent() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.jsonl"), "{\"body\": 1}\n{\"body\": 2}\n{\"bdy\": 3}\n");
    assertThat(on("send", "half", "--file", file.toString(), "--json")).isEqualTo(2);
    JsonNode envelope = call.envelope();
    assertThat(envelope.path("result").path("sent").asInt()).isEqualTo(2);
    assertThat(envelope.path("error").path("file").asText()).isEqualTo(file.toString());
    assertThat(envelope.path("error").path("line").asInt()).isEqualTo(3);
    assertThat(tail("half", "--from", "first", "--limit", "2")).hasSize(2);
  }

  @Test
  void madeUpMessagesComeInTheirNumberAndSize() {
    assertThat(on("send", "many", "--count", "2000", "--size", "300", "--key", "k")).isZero();
    List<JsonNode> records = tail("many", "--from", "first", "--limit", "2000");
    assertThat(records)
        .hasSize(2000)
        .allMatch(record -> record.path("body").asText().length() == 300);
    assertThat(records.get(1999).path("body").asText()).startsWith("message 2000 ");
  }

  @Test
  void readsFromATime() {
    on("send", "timed", "--count", "1");
    String later = Instant.now().plusSeconds(3600).toString();
    List<JsonNode> records =
        tail("timed", "--from", Instant.now().minusSeconds(3600).toString(), "--limit", "1");
    assertThat(records).hasSize(1);
    assertThat(Instant.parse(records.get(0).path("storedAt").asText()))
        .isBefore(Instant.parse(later));
  }

  @Test
  void showsWhatComesUntilItIsInterrupted() {
    on("send", "live", "--count", "1");
    Call tail = new Call();
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> tail.run(arguments("tail", "live", "--from", "first")));
    await().atMost(Duration.ofMinutes(1)).until(() -> tail.out().contains("message 1 "));
    tail.interrupt();
    assertThat(status.join()).isZero();
    assertThat(tail.out()).endsWith("1 message." + System.lineSeparator());
  }

  @Test
  void aTopicThatDoesNotExistIsSaid() {
    assertThat(on("tail", "nothing")).isNotZero();
    assertThat(call.err()).contains("nothing").contains("[rocketmq.topic-missing]");
  }

  @Test
  void anInstanceThatDoesNotAnswerIsSaid() {
    int status = call.run("send", "--instance", "127.0.0.1:1", "--topic", "t", "--count", "1");
    assertThat(status).isEqualTo(3);
    assertThat(call.err()).contains("127.0.0.1:1").contains("  -> ");
  }

  @Test
  void whatIsBehindAProxyIsReadAtItsBrokers() throws IOException {
    on("send", "proxied", "--count", "2");
    Path both = proxied("both", "nameServer: \"%s\", ".formatted(broker.nameServerAddress()));
    Path alone = proxied("alone", "");

    assertThat(behind(both, "tail", "--from", "first", "--limit", "2")).as(call.err()).isZero();
    assertThat(call.out()).contains("message 1 ", "message 2 ");

    assertThat(behind(alone, "tail")).isEqualTo(2);
    assertThat(call.err()).contains("[rocketmq.grpc-group]", "add the `nameServer`");
  }

  private static Path proxied(String name, String nameServer) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        kind: Instance
        name: behind-proxy
        version: 5.x
        protocol: grpc
        endpoints: { private: { %sproxy: "127.0.0.1:1" } }
        """
            .formatted(nameServer));
  }

  private int behind(Path flows, String verb, String... options) {
    List<String> arguments = new ArrayList<>(List.of(verb, "--instance", "behind-proxy"));
    arguments.addAll(List.of("--topic", "proxied", "--flows", flows.toString()));
    arguments.addAll(Arrays.asList(options));
    return call.run(arguments.toArray(String[]::new));
  }

  private int on(String verb, String topic, String... options) {
    return call.run(arguments(verb, topic, options));
  }

  private static List<JsonNode> tail(String topic, String... options) {
    Call tail = new Call();
    List<String> arguments = new ArrayList<>(List.of(arguments("tail", topic, options)));
    arguments.add("--json");
    assertThat(tail.run(arguments.toArray(String[]::new))).as(tail.out()).isZero();
    List<JsonNode> lines = tail.json();
    return lines.subList(0, lines.size() - 1);
  }

  private static String[] arguments(String verb, String topic, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(verb, "--instance", broker.nameServerAddress(), "--topic", topic));
    arguments.addAll(Arrays.asList(options));
    return arguments.toArray(String[]::new);
  }
}
