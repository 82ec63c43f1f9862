package io.sluice.flows.flowtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.flows.Finding;
import io.sluice.flows.LoadedFlows;
import io.sluice.flows.Loading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowTestTest {
  private static final String FLOW =
      """
      kind: Instance
      name: qingdao
      endpoints: { private: { nameServer: "10.0.0.5:9876" } }
      ---
      kind: EventFlow
      name: big-orders
      source: { rocketmq: { instance: qingdao, topic: orders, groupID: GID_big } }
      filterPattern: { data: { body: { amount: [ { numeric: [ ">", 100 ] } ] } } }
      sink:
        rocketmq:
          instance: qingdao
          topic: big-orders
          body:
            form: TEMPLATE
            value: { amount: $.data.body.amount, lines: $.data.body.lines }
            template: '{ "worth": ${amount}, "lines": ${lines}, "by": "sluice" }'
          keys: { form: JSONPATH, value: $.data.body.id, strict: true }
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("orders.yaml");
  }

  private List<Difference> run(String event, String expect) throws IOException {
    Files.writeString(
        file,
        FLOW
            + "tests:\n- name: one\n  event: "
            + event
            + "\n  expect: "
            + expect.replace("\n", "\n    ")
            + "\n");
    LoadedFlows loaded = Loading.load(Map.of(), file);
    assertThat(loaded.findings()).isEmpty();
    assertThat(loaded.tests()).hasSize(1);
    return loaded.tests().get(0).run();
  }

  @Test
  void whatComesOutAsExpectedHasNoDifferences() throws IOException {
    assertThat(
            run(
                "{ tags: paid, properties: { region: hz, n: 5 },"
                    + " body: { id: 7, amount: 300, lines: [ a ] } }",
                "{ delivered: { topic: big-orders, tags: paid, keys: '7', shardingKey: '',"
                    + " properties: { region: hz, n: '5' },"
                    + " body: { worth: 300.0, lines: [ a ], by: sluice } } }"))
        .isEmpty();
  }

  @Test
  void theSameRecordCanBeGivenAsAnEvent() throws IOException {
    assertThat(
            run(
                "{ id: AC14, source: acs:mq, data: { systemProperties: { TAGS: paid },"
                    + " userProperties: { region: hz }, body: { id: 7, amount: 300 } } }",
                "{ match: true, delivered: { tags: paid, properties: { region: hz },"
                    + " bodyContains: { worth: 300, lines: null } } }"))
        .isEmpty();
  }

  @Test
  void everyDifferenceIsNamedWithTheLineOfTheTest() throws IOException {
    List<Difference> differences =
        run(
            "{ tags: paid, properties: { region: hz },"
                + " body: { id: 7, amount: 300, lines: [ a, b ] } }",
            """

                delivered:
                  topic: orders
                  tags: unpaid
                  properties: { zone: hz }
                  body: { worth: 301, lines: [ a ], by: sluice, more: { x: 1 } }""");

    assertThat(differences)
        .extracting(Difference::what, Difference::expected, Difference::actual)
        .containsExactly(
            difference("topic", "orders", "big-orders"),
            difference("tags", "unpaid", "paid"),
            difference("properties.zone", "\"hz\"", null),
            difference("properties.region", null, "\"hz\""),
            difference("body.worth", "301", "300"),
            difference("body.lines[1]", null, "\"b\""),
            difference("body.more", "{\"x\":1}", null));
    assertThat(differences.get(1).place().line()).isEqualTo(FLOW.lines().count() + 7);
    assertThat(differences.get(1).place().file()).isEqualTo(file.toString());
  }

  private static Tuple difference(String what, @Nullable String expected, @Nullable String actual) {
    return tuple(what, Optional.ofNullable(expected), Optional.ofNullable(actual));
  }

  @Test
  void aBodyThatIsTextIsComparedAsItIs() throws IOException {
    assertThat(
            run(
                "{ body: { id: 7, amount: 300 } }",
                "{ delivered: { body: '{\"worth\":300,\"lines\":null,\"by\":\"sluice\"}' } }"))
        .isEmpty();
    assertThat(run("{ body: { id: 7, amount: 300 } }", "{ delivered: { bodyBase64: AA== } }"))
        .hasSize(1);
  }

  @Test
  void whatThePatternDropsIsExpectedToBeDropped() throws IOException {
    assertThat(run("{ body: { amount: 90 } }", "{ match: false }")).isEmpty();
    assertThat(run("{ body: { amount: 90 } }", "{ match: true }"))
        .extracting(Difference::expected, Difference::actual)
        .containsExactly(tuple(Optional.of("delivered"), Optional.of("dropped by the pattern")));
    assertThat(run("{ body: { id: 7, amount: 300 } }", "{ match: false }"))
        .extracting(Difference::actual)
        .containsExactly(Optional.of("passed by the pattern"));
  }

  @Test
  void errorsOfARecordAreExpectedByTheirCode() throws IOException {
    assertThat(run("{ body: { amount: 300 } }", "{ error: flow.missing-value }")).isEmpty();
    assertThat(run("{ body: { amount: 300 } }", "{ error: flow.bad-output }")).hasSize(1);
    assertThat(run("{ body: { amount: 300 } }", "{ delivered: { tags: '' } }"))
        .singleElement()
        .satisfies(
            difference ->
                assertThat(difference.actual().orElseThrow()).contains("flow.missing-value"));
    assertThat(run("{ body: { id: 7, amount: 300 } }", "{ error: flow.bad-output }"))
        .extracting(Difference::actual)
        .containsExactly(Optional.of("delivered"));
  }

  @Test
  void aRecordThatIsRefusedAgainstExpectationTellsWhatARunDoesWithIt() throws IOException {
    assertThat(refusedWith("")).endsWith("\nin a run, the flow stops at it");
    assertThat(refusedWith("runOptions: { errorsTolerance: NONE }\n"))
        .endsWith("\nin a run, the flow stops at it");
    assertThat(refusedWith("runOptions: { errorsTolerance: ALL }\n"))
        .endsWith("\nin a run, it is dropped");
    assertThat(
            refusedWith(
                "runOptions: { errorsTolerance: ALL,"
                    + " deadLetterQueue: { rocketmq: { instance: qingdao, topic: dead } } }\n"))
        .endsWith("\nin a run, it goes to the dead-letter queue, topic dead");
  }

  private String refusedWith(String runOptions) throws IOException {
    Files.writeString(
        file,
        FLOW
            + runOptions
            + "tests: [ { name: one, event: { body: { amount: 300 } },"
            + " expect: { delivered: { tags: '' } } } ]\n");
    LoadedFlows loaded = Loading.load(Map.of(), file);
    assertThat(loaded.findings()).isEmpty();
    return loaded.tests().get(0).run().get(0).actual().orElseThrow();
  }

  @Test
  void testsStandInFilesOfTheirOwnWhichARunDoesNotRead() throws IOException {
    Files.writeString(file, FLOW);
    Path tests =
        Files.writeString(
            folder.resolve("orders_test.yaml"),
            """
            kind: FlowTests
            flow: big-orders
            tests:
              - name: small orders stay
                event: { body: { amount: 90 } }
                expect: { match: false }
            """);

    assertThat(Loading.load(Map.of(), folder).tests()).isEmpty();
    for (Path path : List.of(folder, file, tests)) {
      LoadedFlows loaded = Loading.loadWithTests(path);
      assertThat(loaded.findings()).isEmpty();
      assertThat(loaded.tests()).extracting(FlowTest::name).containsExactly("small orders stay");
      assertThat(loaded.tests().get(0).run()).isEmpty();
    }
  }

  @Test
  void whatPlaceholdersStandForNeverShows() throws IOException { // I9
    Files.writeString(
        file,
        FLOW.replace("\"sluice\"", "\"${by}\"").replace("lines: $", "by: '${env:SECRET}', lines: $")
            + """
            tests:
              - name: one
                event: { body: { id: 7, amount: 300 } }
                expect: { delivered: { body: { worth: 1 } } }
            """);

    assertThat(Loading.load(Map.of("SECRET", "hunter2"), file).tests().get(0).run().toString())
        .contains("${env:SECRET}")
        .doesNotContain("hunter2");
  }

  @Test
  void anUnknownKeyOfATestIsAFinding() throws IOException {
    Files.writeString(
        file, FLOW + "tests: [ { name: one, event: { bdy: x }, expect: { match: true } } ]\n");

    assertThat(Loading.load(Map.of(), file).findings())
        .extracting(Finding::suggestion)
        .contains("Did you mean 'body'?");
  }
}
