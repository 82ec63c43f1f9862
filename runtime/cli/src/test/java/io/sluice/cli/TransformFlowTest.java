package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.broker.IntegratedBroker;
import io.sluice.broker.TopicType;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows with a pattern and a transform, between topics of a real broker. */
class TransformFlowTest {
  private static final int ORDERS = 20_000;

  @TempDir private static Path folder;
  private static IntegratedBroker broker;
  private static TrialFlows trial;

  @BeforeAll
  static void startBroker() {
    broker =
        TrialFlows.broker(folder)
            .topic("orders", 4, TopicType.NORMAL)
            .topic("odd", 1, TopicType.NORMAL)
            .topic("edited", 4, TopicType.NORMAL)
            .topic("mixed", 4, TopicType.NORMAL)
            .topic("stray", 1, TopicType.NORMAL)
            .topic("kept", 1, TopicType.NORMAL)
            .topic("stray-dlq", 1, TopicType.NORMAL)
            .start();
    trial = new TrialFlows(folder, broker);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void writesWhatTheTransformMakesOnceEachAlsoAcrossAKill() throws Exception { // I3, I4
    Path flows =
        trial.flow(
            "orders",
            """
            filterPattern: { data: { body: { id: [ { numeric: [ ">", 100 ] } ] } } }
            sink:
              rocketmq:
                instance: trial
                topic: orders-made
                body:
                  form: TEMPLATE
                  value: { id: $.data.body.id, note: $.data.body.note, by: sluice }
                  template: '{ "order": ${id}, "note": "${note}", "by": "${by}" }'
                tags: { form: CONSTANT, value: big }
            """);
    Process process =
        Java.process(Sluice.class, "run", flows.toString(), "--data-dir", trial.data()).start();
    CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send("orders", 1, ORDERS));
    awaitOutput(process, ".* out=[1-9].*");
    process.destroyForcibly().waitFor();
    sending.get();

    trial.finish(flows);
    send("orders", ORDERS + 1, ORDERS + 1);
    trial.finish(flows);

    List<JsonNode> made = tail("orders-made", ORDERS + 1 - 100);
    assertThat(made)
        .extracting(record -> record.path("body").asText())
        .isEqualTo(
            IntStream.rangeClosed(101, ORDERS + 1)
                .mapToObj(
                    id ->
                        "{\"order\":"
                            + id
                            + ",\"note\":\"say \\\"%d\\\"\"".formatted(id)
                            + ",\"by\":\"sluice\"}")
                .toList());
    assertThat(made.get(0).path("keys").asText()).isEqualTo("K");
    assertThat(made)
        .allSatisfy(
            record -> {
              assertThat(record.path("tag").asText()).isEqualTo("big");
              assertThat(record.at("/properties/region").asText()).isEqualTo("hz");
            });
  }

  @Test
  void anEditUnderLoadLosesNothing() throws Exception { // I3, I4
    String sink =
        """
        sink:
          rocketmq: { instance: trial, topic: edited-made, tags: { form: CONSTANT, value: %s } }
        """;
    Path flows = trial.flow("edited", sink.formatted("before"));
    Call run = new Call();
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> run.run("run", flows.toString(), "--data-dir", trial.data(), "--watch"));
    int sent = sendUntil("edited", 0, () -> run.out().matches("(?s).*edited .* out=[1-9].*"));
    trial.flow("edited", sink.formatted("after"));

    sent = sendUntil("edited", sent, () -> run.err().contains("Reloaded: edited changed."));
    int last = sendUntil("edited", sent, () -> true);
    run.interrupt();
    assertThat(status.get()).as(run.err()).isZero();
    trial.finish(flows);

    List<JsonNode> made = tail("edited-made", last);
    assertThat(made)
        .extracting(record -> record.path("body").asText().replaceAll("^.*?(\\d+).*$", "$1"))
        .isEqualTo(IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList());
    assertThat(made.stream().map(record -> record.path("tag").asText()).distinct())
        .containsExactly("before", "after");
  }

  @Test
  void writesEachRecordToTheTopicThatItNamesInOrder() throws Exception { // I4
    Path flows =
        trial.flow(
            "mixed",
            """
            sink:
              rocketmq:
                instance: trial
                topic:
                  form: TEMPLATE
                  value: { shop: $.data.body.note, region: $.data.userProperties.region }
                  template: "${region}-${shop}"
            """);
    for (int id = 1; id <= 300; id += 10) {
      send("mixed", id, id + 9, id % 3 == 0 ? "wuhan" : "qingdao");
    }
    trial.finish(flows);

    assertThat(ids("hz-wuhan", 100))
        .isEqualTo(
            IntStream.rangeClosed(1, 300).filter(id -> (id - 1) / 10 % 3 == 2).boxed().toList());
    assertThat(ids("hz-qingdao", 200))
        .isEqualTo(
            IntStream.rangeClosed(1, 300).filter(id -> (id - 1) / 10 % 3 != 2).boxed().toList());
  }

  private static List<Integer> ids(String topic, int count) {
    return tail(topic, count).stream()
        .map(record -> record.path("body").asText().replaceAll("^\\D*(\\d+).*$", "$1"))
        .map(Integer::valueOf)
        .toList();
  }

  @Test
  void aRecordWhoseTopicCannotBeWrittenIsADeadLetter() throws Exception {
    Path flows =
        trial.flow(
            "stray",
            """
            sink:
              rocketmq:
                instance: trial
                createTopic: false
                topic: { form: JSONPATH, value: $.data.body.note }
            runOptions:
              errorsTolerance: ALL
              deadLetterQueue: { rocketmq: { instance: trial, topic: stray-dlq } }
            """);
    send("stray", 1, 1, "kept");
    send("stray", 2, 2, "not there");
    send("stray", 3, 3, "not-there");
    send("stray", 4, 4, "kept");
    trial.finish(flows);

    assertThat(tail("stray-dlq", 2))
        .extracting(record -> record.at("/properties/EB_ERROR_CODE").asText())
        .containsExactly("rocketmq.topic-unfit", "rocketmq.topic-missing");
    assertThat(ids("kept", 2)).containsExactly(1, 4);
  }

  /** Sends at least once; answers how many there are then. */
  private static int sendUntil(String topic, int sent, BooleanSupplier enough) {
    int last = sent;
    do {
      send(topic, last + 1, last + 200);
      last += 200;
    } while (!enough.getAsBoolean());
    return last;
  }

  @Test
  void stopsAtARecordThatCannotBeMadeAndNamesIt() throws Exception {
    Path flows =
        trial.flow(
            "odd",
            """
            sink:
              rocketmq:
                instance: trial
                topic: odd-made
                keys: { form: JSONPATH, value: $.data.body.missing, strict: true }
            """);
    send("odd", 1, 1);
    Call call = new Call();

    assertThat(
            call.run("run", flows.toString(), "--data-dir", trial.data(), "--exit-when-idle", "1s"))
        .isEqualTo(1);
    assertThat(call.out() + call.err())
        .contains("[flow.missing-value]")
        .contains("odd")
        .contains("@0");
  }

  @Test
  void validateNamesThePlaceOfABadPathAndABadTemplate() throws IOException {
    Path flows =
        trial.flow(
            "bad",
            """
            sink:
              rocketmq:
                instance: trial
                topic: bad-made
                keys: { form: JSONPATH, value: $.body.id }
                body: { form: TEMPLATE, template: "{ ${id} }" }
            """);
    Call call = new Call();

    assertThat(call.run("validate", flows.toString())).isEqualTo(2);
    assertThat(call.out() + call.err())
        .contains("bad.yaml:14:36")
        .contains("events have no 'body'")
        .contains("bad.yaml:15:39")
        .contains("defines no variable 'id'");
  }

  private static void send(String topic, int first, int last) {
    send(topic, first, last, "say \\\"%d\\\"");
  }

  /**
   * @param note in which {@code %d} stands for the number
   */
  private static void send(String topic, int first, int last, String note) {
    trial.send(
        topic,
        IntStream.rangeClosed(first, last)
            .mapToObj(
                id ->
                    ("{\"key\": \"K\", \"tag\": \"t\", \"properties\": {\"region\": \"hz\"},"
                        + " \"body\": {\"id\": "
                        + id
                        + ", \"note\": \""
                        + note.formatted(id)
                        + "\"}}")));
  }

  private static List<JsonNode> tail(String topic, int count) {
    Call call = new Call();
    assertThat(
            call.run(
                "tail",
                "--instance",
                broker.nameServerAddress(),
                "--topic",
                topic,
                "--from",
                "first",
                "--limit",
                Integer.toString(count),
                "--json"))
        .isZero();
    List<JsonNode> lines = call.json();
    return lines.subList(0, lines.size() - 1);
  }

  private static void awaitOutput(Process process, String pattern) throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      if (line.matches(pattern)) {
        return;
      }
    }
    throw new AssertionError("nothing like " + pattern + " in:\n" + seen);
  }
}
