package io.sluice.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I9: whatever a placeholder stands for, and whatever a secret's key holds, is never shown. */
class SecretsStayHiddenTest {
  private static final String SECRET = "xK9-hunter2-\"}[\n: @";
  private static final Pattern VALUES =
      Pattern.compile("(?<=: |\\[ )[^{}\\[\\]:,\\s#]+(?=$|[ ,\n])");

  @TempDir Path folder;

  @Test
  void aSecretInPlaceOfAnyValueIsNotShown() throws IOException {
    for (String name : List.of("good/two-regions.yaml", "good/words.yaml", "good/secured.yaml")) {
      String good = Files.readString(Loading.resource(name));
      List<MatchResult> values = VALUES.matcher(good).results().toList();
      assertThat(values).hasSizeGreaterThan(8);
      for (MatchResult value : values) {
        assertHidden(
            good.substring(0, value.start()) + "\"${env:SECRET}\"" + good.substring(value.end()));
      }
    }
  }

  @Test
  void aSecretOfAFileIsNotShown() throws IOException {
    Files.writeString(folder.resolve("secret.txt"), SECRET + "\n");

    assertHidden("kind: Broker\nname: b\nretention: ${file:secret.txt}\n");
    assertHidden("kind: ${file:secret.txt}\n");
    assertHidden("kind: EventFlow\nfilterPattern: ${file:secret.txt}\n");
  }

  @Test
  void whatAConnectorComplainsAboutIsNotShown() throws IOException {
    assertHidden(
        """
        kind: EventFlow
        name: copy
        source:
          rocketmq:
            { instance: a, topic: t, groupID: "${env:GROUP}", offset: CONSUME_FROM_TIMESTAMP }
        sink:
          rocketmq: { instance: b, topic: t }
        """);
  }

  @Test
  void aSecretInPlainIsNotShownEither() throws IOException {
    String instance =
        """
        kind: Instance
        name: a
        endpoints: { private: { nameServer: "a:1" } }
        acl: { accessKey: AK, secretKey: %s }
        """;
    for (String value :
        List.of("31415926", "[ hunter2 ]", "{ hunter2: 1 }", "@hunter2", "'hunter2")) {
      List<Finding> findings = load(instance.formatted(value)).findings();
      assertThat(findings).isNotEmpty();
      for (Finding finding : findings) {
        assertThat(finding.message() + finding.suggestion())
            .doesNotContain("31415926")
            .doesNotContain("hunter2");
      }
    }
  }

  private void assertHidden(String text) throws IOException {
    LoadedFlows loaded = load(text);
    for (Finding finding : loaded.findings()) {
      assertThat(finding + finding.suggestion()).as(text).doesNotContain("hunter2");
    }
  }

  private LoadedFlows load(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("flows.yaml"), text);
    return Loading.load(
        Map.of(
            "SECRET", SECRET, "GROUP", "hunter2", "SG_KEY", SECRET, "COUNT", "5", "CREATE", "true"),
        file);
  }
}
