package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.broker.IntegratedBroker;
import io.sluice.broker.TopicType;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be delivered, on a real broker, also while the runtime is killed. */
class DeadLetterFlowTest {
  private static final int RECORDS = 4_000;
  private static final int KILLS = 3;

  @TempDir private static Path folder;
  private static IntegratedBroker broker;
  private static TrialFlows trial;

  @BeforeAll
  static void startBroker() {
    broker =
        TrialFlows.broker(folder)
            .topic("events", 4, TopicType.NORMAL)
            .topic("orders", 2, TopicType.NORMAL)
            .start();
    trial = new TrialFlows(folder, broker);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aKilledRuntimeLosesNothingInTheMiddleOfRetriesAndDeadLetters() throws Exception { // I1, I3
    Path file = folder.resolve("stored.txt");
    Path flows =
        trial.flow(
            "events",
            """
            sink: { trial: { file: "%s" } }
            runOptions:
              errorsTolerance: ALL
              retryStrategy: { pushRetryStrategy: EXPONENTIAL_DECAY_RETRY, maximumRetryAttempts: 4 }
              deadLetterQueue: { rocketmq: { instance: trial, topic: events-dlq } }
            """
                .formatted(file));
    send(
        "events",
        IntStream.range(0, RECORDS)
            .mapToObj(DeadLetterFlowTest::event)
            .collect(Collectors.toList()));
    String[] run = {"run", flows.toString(), "--data-dir", trial.data()};
    for (int kill = 1; kill <= KILLS; kill++) {
      int stored = kill * RECORDS / 8;
      Process process = Java.process(Sluice.class, run).redirectOutput(Redirect.DISCARD).start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> count(lines(file), "stored ") >= stored && count(lines(file), "refused ") > 8);
      process.destroyForcibly().waitFor();
    }
    Files.createFile(folder.resolve("stored.txt.fast"));
    trial.finish(flows);

    Map<String, Long> stored =
        lines(file).stream()
            .filter(line -> line.startsWith("stored "))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Set<String> expected = new HashSet<>();
    Set<String> dead = new HashSet<>();
    for (int number = 0; number < RECORDS; number++) {
      String body = event(number);
      if (body.contains("poison") || body.contains("never")) {
        dead.add(body);
      } else {
        expected.add("stored " + body);
      }
    }
    assertThat(stored.keySet()).isEqualTo(expected);
    assertThat(stored.values()).allMatch(times -> times <= KILLS + 1);
    List<JsonNode> letters = letters("list", "events", flows);
    assertThat(letters.stream().map(letter -> letter.path("body").asText()))
        .containsAll(dead)
        .allMatch(dead::contains);
    assertThat(letters)
        .allSatisfy(
            letter -> {
              boolean never = letter.path("body").asText().contains("never");
              assertThat(letter.path("attempts").asText()).isEqualTo(never ? "5" : "1");
              assertThat(letter.path("code").asText())
                  .isEqualTo(never ? "command.no-answer" : "command.message-file-invalid");
              assertThat(letter.at("/properties/of").asText()).isEqualTo("sender");
              assertThat(letter.path("origin").asText()).startsWith("trial/events/");
              assertThat(letter.path("firstFailure").asText()).isNotEmpty();
              assertThat(letter.at("/properties/EB_FLOW").asText()).isEqualTo("events");
              assertThat(letter.at("/properties/EB_TARGET").asText()).isEqualTo("trial:trial");
            });
  }

  @Test
  void deadLettersAreShownAndSentAgainOnce() throws Exception {
    Path flows =
        trial.flow(
            "orders",
            """
            filterPattern: { data: { body: { state: [ { anything-but: void } ] } } }
            sink:
              rocketmq:
                instance: trial
                topic: orders-made
                keys: { form: JSONPATH, value: $.data.body.id, strict: true }
            runOptions:
              errorsTolerance: ALL
              deadLetterQueue: { rocketmq: { instance: trial, topic: orders-dlq } }
            """);
    send(
        "orders",
        List.of("{\"state\":\"paid\",\"id\":1}", "{\"state\":\"paid\"}", "{\"state\":\"new\"}"));
    trial.finish(flows);

    List<JsonNode> letters = letters("list", "orders", flows);
    assertThat(letters)
        .extracting(letter -> letter.path("code").asText())
        .containsExactly("flow.missing-value", "flow.missing-value");
    String origin = letters.get(0).path("origin").asText();
    Call list = dlq("list", "orders", flows);
    assertThat(list.out()).contains("ORIGIN").contains(origin).contains("2 dead letters.");
    Call show = dlq("show", "orders", flows, "--origin", origin);
    assertThat(show.out())
        .contains("origin        " + origin)
        .contains(letters.get(0).path("body").asText())
        .contains("1 dead letter.");

    assertThat(redriven(flows, "--origin", origin)).isEqualTo("sent 1, before 0");
    assertThat(redriven(flows, "--all")).isEqualTo("sent 1, before 1");
    assertThat(redriven(flows, "--code", "flow.missing-value")).isEqualTo("sent 0, before 2");
    assertThat(redriven(flows, "--code", "flow.bad-output")).isEqualTo("sent 0, before 0");
    trial.finish(flows);
    assertThat(letters("list", "orders", flows))
        .as("they fail again, as letters of their own")
        .hasSize(4);
  }

  @Test
  void redriveNeedsAChoiceAndAnEndThatCanTakeIt() throws Exception {
    Path flows =
        trial.flow(
            "orders",
            """
            sink:
              rocketmq: { instance: trial, topic: made, tags: { form: CONSTANT, value: t } }
            runOptions:
              errorsTolerance: ALL
              deadLetterQueue: { rocketmq: { instance: trial, topic: events-dlq } }
            """);
    Path none = trial.flow("events", "sink: { rocketmq: { instance: trial, topic: made } }\n");

    assertThat(dlq("redrive", "orders", flows).err()).contains("[command.usage]");
    assertThat(dlq("redrive", "nobody", flows, "--all").err()).contains("[command.unknown-flow]");
    assertThat(dlq("list", "events", none).err()).contains("[command.no-dead-letters]");
  }

  private static String event(int number) {
    String kind =
        number % 101 == 50
            ? "poison"
            : number % 97 == 40 ? "slow" : number % 997 == 3 ? "never" : "";
    return "event-" + number + kind;
  }

  private static String redriven(Path flows, String... choice) {
    String[] words = Arrays.copyOf(choice, choice.length + 1);
    words[choice.length] = "--json";
    List<JsonNode> lines = dlq("redrive", "orders", flows, words).json();
    JsonNode result = lines.get(lines.size() - 1).path("result");
    return "sent " + result.path("sent") + ", before " + result.path("sentBefore");
  }

  private static Call dlq(String action, String flow, Path flows, String... more) {
    Call call = new Call();
    String[] words = new String[7 + more.length];
    List.of("dlq", action, flow, "--flows", flows.toString(), "--data-dir", trial.data())
        .toArray(words);
    System.arraycopy(more, 0, words, 7, more.length);
    call.run(words);
    return call;
  }

  private static List<JsonNode> letters(String action, String flow, Path flows) {
    Call call = dlq(action, flow, flows, "--json");
    List<JsonNode> lines = call.json();
    assertThat(lines.get(lines.size() - 1).path("ok").asBoolean()).as(call.out()).isTrue();
    return lines.subList(0, lines.size() - 1);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static long count(List<String> lines, String start) {
    return lines.stream().filter(line -> line.startsWith(start)).count();
  }

  private static void send(String topic, List<String> bodies) {
    trial.send(
        topic,
        bodies.stream()
            .map(
                body ->
                    "{\"properties\": {\"of\": \"sender\"}, \"body\": "
                        + (body.startsWith("{") ? body : "\"" + body + "\"")
                        + "}"));
  }
}
