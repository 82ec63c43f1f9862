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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusTestTest {
  private static final String BUS =
      """
      kind: Instance
      name: hz
      endpoints: { private: { nameServer: "10.0.0.5:9876" } }
      ---
      kind: EventBus
      name: shop
      instance: hz
      rules:
        - name: big
          filterPattern:
            source: [ web ]
            type: [ { prefix: order. } ]
            data: { amount: [ { numeric: [ ">", 100 ] } ] }
          targets:
            - id: crm
              sink:
                rocketmq:
                  instance: hz
                  topic: crm
                  body: { form: JSONPATH, value: $.data, strict: true }
                  keys: { form: JSONPATH, value: $.traceid, strict: true }
            - id: archive
              sink: { rocketmq: { instance: hz, topic: archive, body: { form: ORIGINAL } } }
        - name: urgent
          filterPattern: { traceid: [ { exists: true } ], data: { note: [ { exists: false } ] } }
          targets: [ { id: pager, sink: { rocketmq: { instance: hz, topic: pager } } } ]
        - name: plain
          filterPattern: { data: { systemProperties: { TAGS: [ paid ] } } }
          targets: [ { id: old, sink: { rocketmq: { instance: hz, topic: old } } } ]
        - name: off
          status: DISABLE
          targets: [ { id: all, sink: { rocketmq: { instance: hz, topic: all } } } ]
      """;
  private static final String ORDER =
      "{ source: web, type: order.paid, traceid: t1, data: { amount: 200, id: 7 } }";

  @TempDir private Path folder;

  private LoadedFlows load(String event, String expect) throws IOException {
    Path file = folder.resolve("shop.yaml");
    Files.writeString(
        file, BUS + "tests:\n  - name: one\n    event: " + event + "\n    expect: " + expect);
    return Loading.load(Map.of(), file);
  }

  private List<Difference> run(String event, String expect) throws IOException {
    LoadedFlows loaded = load(event, expect);
    assertThat(loaded.findings()).isEmpty();
    assertThat(loaded.tests()).hasSize(1);
    return loaded.tests().get(0).run();
  }

  private List<String> problems(String event, String expect) throws IOException {
    return load(event, expect).findings().stream().map(Finding::message).toList();
  }

  @Test
  void rulesSeeAttributesExtensionsAndDataOfTheEvent() throws IOException {
    assertThat(run(ORDER, "{ rules: [ urgent, big ] }")).isEmpty();
    assertThat(run("{ source: web, type: order.paid, data: { amount: 7 } }", "{ rules: [] }"))
        .isEmpty();
    assertThat(run("{ source: web, type: order.paid, data: text }", "{ rules: [] }")).isEmpty();
  }

  @Test
  void aMessageThatCarriesNoEventIsSeenAsAMessage() throws IOException {
    assertThat(run("{ tags: paid, body: text }", "{ rules: [ plain ] }")).isEmpty();
  }

  @Test
  void eachTargetIsGivenItsOwn() throws IOException {
    assertThat(
            run(
                ORDER,
                "{ deliveries: ["
                    + " { rule: big, target: crm, delivered:"
                    + " { topic: crm, keys: t1, body: { amount: 200, id: 7 } } },"
                    + " { rule: big, target: archive, delivered: { bodyContains:"
                    + " { source: web, type: order.paid, specversion: '1.0', data: { id: 7 } } } },"
                    + " { rule: urgent, target: pager },"
                    + " { rule: plain, target: old, match: false } ] }"))
        .isEmpty();
  }

  @Test
  void whatATransformRefusesIsExpectedAsAnError() throws IOException {
    assertThat(
            run(
                "{ source: web, type: order.paid, data: { amount: 200 } }",
                "{ deliveries: [ { rule: big, target: crm, error: flow.missing-value } ] }"))
        .isEmpty();
  }

  @Test
  void saysWhichRulesMatchedInsteadAndWhichTargetDiffers() throws IOException {
    List<Difference> differences =
        run(
            ORDER,
            "{ rules: [ big ], deliveries: [ { rule: big, target: crm,"
                + " delivered: { topic: cmr } } ] }");

    assertThat(differences)
        .extracting(Difference::what, Difference::expected, Difference::actual)
        .containsExactly(
            tuple("rules", Optional.of("big"), Optional.of("big, urgent")),
            tuple("shop/big/crm: topic", Optional.of("cmr"), Optional.of("crm")));
  }

  @Test
  void whatCannotBeExpectedIsReported() throws IOException {
    assertThat(problems(ORDER, "{ rules: [ bigg ] }"))
        .containsExactly("there is no rule 'bigg' here");
    assertThat(problems(ORDER, "{ deliveries: [ { rule: big, target: cmr } ] }"))
        .containsExactly("there is no target 'cmr' here");
    assertThat(problems(ORDER, "{ deliveries: [ { rule: off, target: all } ] }"))
        .containsExactly("rule 'off' is disabled, and its targets are given nothing");
    assertThat(problems("{ data: { amount: 1 } }", "{ rules: [] }"))
        .containsExactly("this is no valid CloudEvent: it has no 'source'");
  }
}
