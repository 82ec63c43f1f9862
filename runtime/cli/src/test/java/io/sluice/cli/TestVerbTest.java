package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestVerbTest {
  private static final String FLOW =
      """
      kind: Instance
      name: hangzhou
      endpoints: { private: { nameServer: "${env:NAME_SERVER}" } }
      ---
      kind: EventFlow
      name: paid-orders
      source: { rocketmq: { instance: hangzhou, topic: orders, groupID: GID_paid } }
      filterPattern: { data: { systemProperties: { TAGS: [ paid ] } } }
      sink:
        rocketmq:
          instance: hangzhou
          topic: paid-orders
          keys: { form: JSONPATH, value: $.data.body.id }
      tests:
        - name: paid orders pass
          event: { tags: paid, body: { id: 7 } }
          expect: { delivered: { topic: paid-orders, keys: "7" } }
        - name: others do not
          event: { tags: created }
          expect: { match: false }
      """;

  @TempDir private Path folder;
  private final Call call = new Call();
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("orders.yaml");
  }

  private int test(String... more) {
    String[] words = new String[more.length + 4];
    words[0] = "test";
    words[1] = file.toString();
    words[2] = "--env";
    words[3] = "NAME_SERVER=10.0.0.5:9876";
    System.arraycopy(more, 0, words, 4, more.length);
    return call.run(words);
  }

  @Test
  void runsTheTestsOfAFlow() throws IOException {
    Files.writeString(file, FLOW);

    assertThat(test()).as(call.err()).isZero();
    assertThat(call.out())
        .contains("ok   " + file + ":15:11  paid-orders: paid orders pass")
        .contains("others do not")
        .endsWith("2 passed, 0 failed." + System.lineSeparator());
    assertThat(call.err()).isEmpty();
  }

  @Test
  void showsExpectedAndActualWithTheLineOfTheTestAndFails() throws IOException {
    Files.writeString(file, FLOW.replace("keys: \"7\"", "keys: \"8\""));

    assertThat(test()).isEqualTo(1);
    assertThat(call.out())
        .contains("FAIL " + file + ":15:11  paid-orders: paid orders pass")
        .contains("    keys  (" + file + ":17:")
        .contains("      - 8")
        .contains("      + 7")
        .contains("1 passed, 1 failed.");
  }

  @Test
  void answersProgramsWithAnEventForEachTest() throws IOException {
    Files.writeString(file, FLOW.replace("keys: \"7\"", "keys: \"8\""));

    assertThat(test("--json")).isEqualTo(1);
    JsonNode failed = call.json().get(0);
    assertThat(failed.path("event").asText()).isEqualTo("test");
    assertThat(failed.path("ok").asBoolean()).isFalse();
    assertThat(failed.path("line").asInt()).isEqualTo(15);
    assertThat(failed.at("/differences/0/expected").asText()).isEqualTo("8");
    assertThat(failed.at("/differences/0/actual").asText()).isEqualTo("7");
    assertThat(failed.at("/differences/0/line").asInt()).isEqualTo(17);
    assertThat(call.envelope().at("/result/passed").asInt()).isEqualTo(1);
    assertThat(call.envelope().at("/result/failed").asInt()).isEqualTo(1);
    assertThat(call.envelope().at("/error/code").asText()).isEqualTo("command.test-failed");
  }

  @Test
  void runsOnlyTestsOfAName() throws IOException {
    Files.writeString(file, FLOW);

    assertThat(test("--name", "Others")).isZero();
    assertThat(call.out()).contains("others do not").contains("1 passed");

    Call none = new Call();
    assertThat(none.run("test", folder.toString(), "--env", "NAME_SERVER=h:1", "--name", "xyz"))
        .isEqualTo(2);
    assertThat(none.err()).contains("command.nothing-to-test").contains("xyz");
  }

  @Test
  void testsNothingWhileTheFilesAreWrong() throws IOException {
    Files.writeString(file, FLOW.replace("tags: created", "tgas: created"));

    assertThat(test()).isEqualTo(2);
    assertThat(call.err()).contains(file + ":19:").contains("Did you mean 'tags'?");
    assertThat(call.out().strip()).isEqualTo("Nothing was tested: 1 error, 0 warnings.");
  }

  @Test
  void testsInFilesOfTheirOwnAreFoundAndAreCheckedByValidate() throws IOException {
    Files.writeString(file, FLOW.substring(0, FLOW.indexOf("tests:")));
    Path tests =
        Files.writeString(
            folder.resolve("orders_test.yaml"),
            "kind: FlowTests\nflow: paid-orders\ntests:\n"
                + "  - { name: others, event: { tags: x }, expect: { match: false } }\n");

    assertThat(test()).as(call.err()).isZero();
    assertThat(call.out()).contains(tests + ":4:");

    Files.writeString(tests, "kind: FlowTests\nflow: paid\ntests: []\n");
    Call validate = new Call().with(Map.of("NAME_SERVER", "10.0.0.5:9876"));
    assertThat(validate.run("validate", folder.toString())).isEqualTo(2);
    assertThat(validate.err()).contains("flow.unknown-flow");
  }
}
