package io.sluice.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flows.Finding;
import io.sluice.flows.FlowLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointCheckTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("PASSWORD", "s3cret");

  @TempDir private Path folder;

  /** Findings of a flow from files to a sink. */
  private List<Finding> sink(String sink) throws IOException {
    return findings("source", "in", "sink", sink);
  }

  /** Findings of a flow from a source to files. */
  private List<Finding> source(String source) throws IOException {
    return findings("sink", "out", "source", source);
  }

  private List<Finding> findings(String other, String files, String tried, String block)
      throws IOException {
    return findings(
        """
        kind: EventFlow
        name: copies
        %s: { camel: { uri: "file:%s" } }
        %s:
        """
                .formatted(other, files, tried)
            + block.indent(2));
  }

  private List<Finding> findings(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("flow.yaml"), text);
    return new FlowLoader(
            List.of(new CamelConnector()), name -> Optional.ofNullable(ENVIRONMENT.get(name)))
        .load(List.of(file))
        .findings();
  }

  private static void assertOne(
      List<Finding> findings, CamelError code, int line, int column, String message, String hint) {
    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.message()).contains(message);
              assertThat(finding.suggestion()).contains(hint);
              assertThat(finding.location().line()).isEqualTo(line);
              assertThat(finding.location().column()).isEqualTo(column);
            });
  }

  @Test
  void aSoundFlowHasNoFindings() throws IOException {
    assertThat(
            sink(
                """
                camel:
                  uri: "netty-http:http://127.0.0.1:8080/orders?requestTimeout=5000"
                  parameters: { keepAlive: true, disconnect: false }
                  headers: { X-Shop: Jinan }
                """))
        .isEmpty();
    assertThat(source("camel: { uri: \"grpc:127.0.0.1:9090\" }")).isEmpty();
    assertThat(sink("camel: { uri: \"grpc:127.0.0.1:9090\", exchange: BATCH }")).isEmpty();
    assertThat(
            sink("camel: { uri: \"rocketmq:orders?namesrvAddr=127.0.0.1:9876&producerGroup=p\" }"))
        .isEmpty();
    assertThat(sink("camel: { uri: \"https://example.org/orders?token=${env:PASSWORD}\" }"))
        .isEmpty();
  }

  @Test
  void anOptionOfTheParametersIsFoundAtItsLine() throws IOException {
    assertOne(
        sink(
            """
            camel:
              uri: "file:out"
              parameters:
                fileName: all.txt
                apendChars: x
            """),
        CamelError.UNKNOWN_OPTION,
        9,
        7,
        "apendChars",
        "Did you mean 'appendChars'?");
  }

  @Test
  void anOptionOfTheUriIsFoundAtItsLine() throws IOException {
    assertOne(
        source(
            """
            camel:
              topic: orders
              uri: "file:in?recursve=true"
            """),
        CamelError.UNKNOWN_OPTION,
        7,
        5,
        "recursve",
        "Did you mean 'recursive'?");
  }

  @Test
  void aComponentThatCamelDoesNotHave() throws IOException {
    assertOne(
        sink("camel: { uri: \"netty-htp:http://127.0.0.1:8080\" }"),
        CamelError.UNKNOWN_COMPONENT,
        5,
        12,
        "netty-htp",
        "Did you mean 'netty-http'?");
  }

  @Test
  void aComponentThatIsNotInstalled() throws IOException {
    assertOne(
        sink("camel: { uri: \"kafka:orders?brokers=127.0.0.1:9092\" }"),
        CamelError.COMPONENT_NOT_INSTALLED,
        5,
        12,
        "'kafka' is not installed",
        "camel-kafka-");
  }

  @Test
  void aComponentThatWorksInTheOtherDirectionOnly() throws IOException {
    assertOne(
        source("camel: { uri: \"http://127.0.0.1:8080/orders\" }"),
        CamelError.BAD_ENDPOINT,
        5,
        12,
        "'http' cannot be a source",
        "Use it as a sink.");
  }

  @Test
  void anOptionOfTheOtherDirection() throws IOException {
    assertOne(
        sink("camel: { uri: \"file:out?fileName=a\", parameters: { recursive: true } }"),
        CamelError.UNKNOWN_OPTION,
        5,
        54,
        "recursive",
        "for a source");
  }

  @Test
  void anOptionWithAValueThatItDoesNotTake() throws IOException {
    assertOne(
        sink("camel: { uri: \"file:out?fileExist=Apend\" }"),
        CamelError.BAD_OPTION,
        5,
        12,
        "fileExist",
        "Append");
    assertOne(
        sink("camel: { uri: \"file:out\", parameters: { autoCreate: maybe } }"),
        CamelError.BAD_OPTION,
        5,
        43,
        "autoCreate",
        "true or false");
  }

  @Test
  void anOptionOfTheComponentItself() throws IOException {
    assertThat(sink("camel: { uri: \"http:example.org\", component: { maxTotalConnections: 7 } }"))
        .isEmpty();
    assertOne(
        sink("camel: { uri: \"http:example.org\", component: { maxTotalConnection: 7 } }"),
        CamelError.UNKNOWN_OPTION,
        5,
        50,
        "itself has no option 'maxTotalConnection'",
        "Did you mean 'maxTotalConnections'?");
    assertOne(
        sink("camel: { uri: \"http:example.org\", component: { maxTotalConnections: many } }"),
        CamelError.BAD_OPTION,
        5,
        50,
        "maxTotalConnections",
        "camel.apache.org");
  }

  @Test
  void anOptionThatStandsTwice() throws IOException {
    assertOne(
        sink("camel: { uri: \"file:out?fileName=a\", parameters: { fileName: b } }"),
        CamelError.BAD_ENDPOINT,
        5,
        54,
        "fileName",
        "Keep one");
  }

  @Test
  void anOptionThatStandsInTheUriTwice() throws IOException {
    assertOne(
        sink("camel: { uri: \"file:out?fileName=a&fileName=b\" }"),
        CamelError.BAD_ENDPOINT,
        5,
        12,
        "'fileName' stands in the URI twice",
        "component:path");
  }

  @Test
  void aMissingOption() throws IOException {
    assertOne(
        sink("camel: { uri: \"rocketmq:?namesrvAddr=127.0.0.1:9876\" }"),
        CamelError.MISSING_OPTION,
        5,
        12,
        "'topicName'",
        "Add it");
  }

  @Test
  void aUriWithoutComponent() throws IOException {
    assertOne(
        sink("camel: { uri: \"orders\" }"),
        CamelError.BAD_ENDPOINT,
        5,
        12,
        "component",
        "component:path");
  }

  @Test
  void anAcknowledgementThatComesTooEarly() throws IOException {
    assertOne(
        sink("camel: { uri: \"rocketmq:orders?waitForSendResult=false\" }"),
        CamelError.BAD_OPTION,
        5,
        12,
        "waitForSendResult",
        "Remove it");
    // Its library is not here, which is said as well.
    assertOne(
        source("camel: { uri: \"kafka:orders\", parameters: { breakOnFirstError: false } }")
            .stream()
            .filter(finding -> finding.code() != CamelError.COMPONENT_NOT_INSTALLED)
            .toList(),
        CamelError.BAD_OPTION,
        5,
        47,
        "breakOnFirstError",
        "Remove it");
    assertOne(
        source("camel: { uri: \"kafka:orders\", parameters: { kafkaManualCommitFactory: \"#x\" } }")
            .stream()
            .filter(finding -> finding.code() != CamelError.COMPONENT_NOT_INSTALLED)
            .toList(),
        CamelError.BAD_OPTION,
        5,
        47,
        "kafkaManualCommitFactory",
        "Remove it");
  }

  @Test
  void secretsStayHidden() throws IOException { // I9
    List<Finding> findings =
        sink(
            """
            camel:
              uri: "file:out?autoCreate=${env:PASSWORD}"
              parameters: { fileExist: "${env:PASSWORD}", pasword: "${env:PASSWORD}" }
            """);
    assertThat(findings).hasSizeGreaterThan(1);
    assertThat(findings.toString()).doesNotContain("s3cret");
  }
}
