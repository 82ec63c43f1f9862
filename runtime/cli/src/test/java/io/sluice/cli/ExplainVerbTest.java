package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainVerbTest {
  private static final String FLOW =
      """
      kind: Instance
      name: hangzhou
      endpoints: { private: { nameServer: "10.0.0.5:9876" } }
      ---
      kind: EventFlow
      name: paid-orders
      source: { rocketmq: { instance: hangzhou, topic: orders, groupID: GID_paid } }
      filterPattern:
        data:
          systemProperties: { TAGS: [ paid, refunded ] }
          body: { amount: [ { numeric: [ ">", 100 ] } ] }
      transforms:
        - body:
            form: TEMPLATE
            value: { amount: $.data.body.amount, by: "${env:SECRET:-x}" }
            template: '{ "worth": ${amount}, "by": "${by}" }'
      sink:
        rocketmq:
          instance: hangzhou
          topic: paid-orders
          keys: { form: JSONPATH, value: $.data.body.worth, strict: true }
      """;

  private static final String DEAD_LETTERS =
      """
      runOptions:
        errorsTolerance: ALL
        deadLetterQueue: { rocketmq: { instance: hangzhou, topic: dead } }
      """;

  @TempDir private Path folder;
  private final Call call = new Call();
  private Path file;

  @BeforeEach
  void writeTheFlow() throws IOException {
    file = Files.writeString(folder.resolve("orders.yaml"), FLOW);
  }

  @Test
  void showsFieldByFieldWhyAPatternDoesNotMatch() {
    call.reading("{\"tags\": \"paid\", \"body\": {\"amount\": 90}}");

    assertThat(call.run("explain", file.toString(), "-")).as(call.err()).isZero();
    assertThat(call.out())
        .contains("no  the pattern of paid-orders (" + file + ":5:1) does not match")
        .contains("  yes data.systemProperties.TAGS: \"paid\"")
        .contains("      yes \"paid\"")
        .contains("      no  \"refunded\"")
        .contains("  no  data.body.amount: 90")
        .contains("      no  {\"numeric\":[\">\",100]}")
        .doesNotContain("delivered");
  }

  @Test
  void showsWhatEachTransformReadsAndMakes() {
    call.reading("tags: paid\nproperties: { region: hz }\nbody: { amount: 300 }\n");

    assertThat(call.run("explain", file.toString(), "-")).as(call.err()).isZero();
    assertThat(call.out())
        .containsSubsequence(
            "yes the pattern of paid-orders",
            "transforms[0]",
            "body reads amount: 300",
            "makes",
            "body: {\"worth\":300,\"by\":\"x\"}",
            "sink",
            "keys reads $['data']['body']['worth']: 300",
            "delivered to topic paid-orders",
            "tags: paid",
            "keys: 300",
            "properties.region: hz");
  }

  @Test
  void saysWhyATransformRefusesARecord() throws IOException {
    Files.writeString(file, FLOW.replace("$.data.body.worth", "$.data.body.gone"));
    call.reading("{\"tags\": \"paid\", \"body\": {\"amount\": 300}}");

    assertThat(call.run("explain", file.toString(), "-")).isZero();
    assertThat(call.out())
        .contains("keys reads $['data']['body']['gone']: not there")
        .contains("the record is refused")
        .contains("[flow.missing-value]");
  }

  @Test
  void saysWhatARunDoesWithARecordThatIsRefused() throws IOException {
    assertThat(refusedWith("")).contains("in a run, the flow stops at it");
    assertThat(refusedWith("runOptions: { errorsTolerance: ALL }\n"))
        .contains("in a run, it is dropped");
    assertThat(refusedWith(DEAD_LETTERS))
        .contains("in a run, it goes to the dead-letter queue, topic dead");
  }

  @Test
  void tellsProgramsWhatARunDoesWithARecordThatIsRefused() throws IOException {
    assertThat(refusedWith("", "--json")).contains("\"then\":\"STOP\"");
    assertThat(refusedWith("runOptions: { errorsTolerance: ALL }\n", "--json"))
        .contains("\"then\":\"DROP\"");
    assertThat(refusedWith(DEAD_LETTERS, "--json"))
        .contains("\"then\":\"DEAD_LETTER\",\"deadLetterTopic\":\"dead\"");
  }

  private String refusedWith(String runOptions, String... options) throws IOException {
    Files.writeString(file, FLOW.replace("$.data.body.worth", "$.data.body.gone") + runOptions);
    Call explain = new Call().reading("{\"tags\": \"paid\", \"body\": {\"amount\": 300}}");
    List<String> words = new ArrayList<>(List.of("explain", file.toString(), "-"));
    words.addAll(List.of(options));
    assertThat(explain.run(words.toArray(String[]::new))).as(explain.err()).isZero();
    return explain.out();
  }

  @Test
  void answersPrograms() {
    call.reading("{\"tags\": \"paid\", \"body\": {\"amount\": 300}}");

    assertThat(call.run("explain", file.toString(), "-", "--json")).isZero();
    JsonNode result = call.envelope().path("result");
    assertThat(result.path("matches").asBoolean()).isTrue();
    assertThat(result.at("/pattern/1/field").asText()).isEqualTo("data.body.amount");
    assertThat(result.at("/pattern/1/conditions/0/matches").asBoolean()).isTrue();
    assertThat(result.at("/transforms/0/inputs/0/value").asText()).isEqualTo("300");
    assertThat(result.at("/delivered/keys").asText()).isEqualTo("300");
    assertThat(result.path("topic").asText()).isEqualTo("paid-orders");
  }

  @Test
  void takesWhatTailPrints() {
    call.reading(
        "{\"event\":\"record\",\"partition\":\"hangzhou/orders/broker/0\",\"offset\":5,"
            + "\"topic\":\"orders\",\"keys\":\"k\",\"tag\":\"paid\",\"properties\":{\"a\":\"b\"},"
            + "\"systemProperties\":{\"UNIQ_KEY\":\"U\",\"TAGS\":\"paid\"},\"flag\":0,"
            + "\"bornAt\":\"2026-11-01T08:00:00Z\",\"storedAt\":\"2026-11-01T08:00:00Z\","
            + "\"body\":\"{\\\"amount\\\": 300}\"}");

    assertThat(call.run("explain", file.toString(), "-")).as(call.err()).isZero();
    assertThat(call.out()).contains("delivered to topic paid-orders");
  }

  @Test
  void whatPlaceholdersStandForDoesNotShow() { // I9
    call.with(Map.of("SECRET", "hunter2"))
        .reading("{\"tags\": \"paid\", \"body\": {\"amount\": 300}}");

    assertThat(call.run("explain", file.toString(), "-")).isZero();
    assertThat(call.out()).contains("${env:SECRET:-x}").doesNotContain("hunter2");
  }

  @Test
  void anEventThatCannotBeUnderstoodIsAnErrorWithItsPlace() {
    call.reading("{\"tags\": \"paid\", \"boddy\": 1}");

    assertThat(call.run("explain", file.toString(), "-")).isEqualTo(2);
    assertThat(call.err())
        .contains("standard input:1:18")
        .contains("Did you mean 'body'?")
        .contains("flow.bad-event");
  }

  @Test
  void asksWhichFlowWhereThereAreSeveral() throws IOException {
    Files.writeString(
        folder.resolve("more.yaml"),
        """
        kind: EventFlow
        name: others
        source: { rocketmq: { instance: hangzhou, topic: others, groupID: GID_others } }
        sink: { rocketmq: { instance: hangzhou, topic: copies } }
        """);
    call.reading("{\"body\": 1}");

    assertThat(call.run("explain", folder.toString(), "-")).isEqualTo(2);
    assertThat(call.err()).contains("command.unknown-flow").contains("others, paid-orders");

    Call named = new Call().reading("{\"body\": 1}");
    assertThat(named.run("explain", folder.toString(), "-", "--flow", "others")).isZero();
    assertThat(named.out()).contains("has no pattern").contains("delivered to topic copies");
  }
}
