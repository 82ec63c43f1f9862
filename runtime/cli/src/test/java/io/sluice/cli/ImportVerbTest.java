package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportVerbTest {
  private static final String STREAM =
      """
      {
        "EventStreamingName": "orders-copy",
        "FilterPattern": "{\\"data\\":{\\"body\\":{\\"amount\\":[{\\"numeric\\":[\\">\\",100]}]}}}",
        "Source": { "SourceRocketMQParameters": {
          "RegionId": "cn-hangzhou", "InstanceId": "MQ_INST_1", "InstanceType": "Cloud_4",
          "InstanceEndpoint": "http://mq.example.com:80", "Topic": "orders", "GroupID": "GID_copy",
          "Tag": "paid", "FilterType": "Tag", "Offset": "CONSUME_FROM_TIMESTAMP",
          "Timestamp": 1762000000000, "AuthType": "ACL", "InstanceUsername": "ak",
          "InstancePassword": "hunter2" } },
        "Sink": { "SinkRocketMQParameters": {
          "InstanceId": { "Form": "CONSTANT", "Value": "MQ_INST_2" },
          "InstanceEndpoint": { "Form": "CONSTANT", "Value": "10.2.0.5:9876" },
          "Topic": { "Form": "CONSTANT", "Value": "copies" },
          "Body": { "Form": "ORIGINAL" },
          "Properties": { "Form": "TEMPLATE", "Value": "{\\"p\\":\\"$.data.userProperties\\"}",
            "Template": "{\\"EB_SYS_EMBED_OBJECT\\":\\"${p}\\"}" } } },
        "RunOptions": { "ErrorsTolerance": "ALL", "BusinessOption": { "BusinessMode": "x" } }
      }
      """;

  private static final Map<String, String> SECRETS =
      Map.of("MQ_INST_1_ACCESS_KEY", "a", "MQ_INST_1_SECRET_KEY", "b");

  @TempDir private Path folder;
  private final Call call = new Call();
  private Path document;

  @BeforeEach
  void writeTheDocument() throws IOException {
    document = Files.writeString(folder.resolve("stream.json"), STREAM);
  }

  @Test
  void printsAFlowFileThatIsValid() throws IOException {
    assertThat(call.run("import", "alibaba", document.toString())).as(call.err()).isZero();

    Path flows = Files.createDirectory(folder.resolve("flows"));
    Files.writeString(flows.resolve("orders.yaml"), call.out());
    Call validate = new Call().with(SECRETS);
    assertThat(validate.run("validate", "--strict", flows.toString())).as(validate.err()).isZero();
    assertThat(validate.out().strip())
        .isEqualTo("1 flow, 0 brokers, 2 instances; 0 errors, 0 warnings.");
  }

  @Test
  void secretsOfTheDocumentStayOutOfTheFlowFile() { // I9
    call.run("import", "alibaba", document.toString());

    assertThat(call.out()).contains("${env:MQ_INST_1_SECRET_KEY}");
    assertThat(call.out() + call.err()).doesNotContain("hunter2");
  }

  @Test
  void tellsWhatHasNoCounterpartAndFailsForItWhenItIsStrict() {
    assertThat(call.run("import", "alibaba", document.toString())).isZero();
    assertThat(call.err()).contains("not imported: RunOptions.BusinessOption: ");
    assertThat(call.out()).contains("#   RunOptions.BusinessOption: ");

    Call strict = new Call();
    assertThat(strict.run("import", "alibaba", document.toString(), "--strict")).isEqualTo(2);
    assertThat(strict.out()).isEmpty();
    assertThat(strict.err()).contains("command.not-imported");
  }

  @Test
  void writesAFileButNeverOverOne() {
    Path target = folder.resolve("new/orders.yaml");
    assertThat(call.run("import", "alibaba", document.toString(), "--output", target.toString()))
        .isZero();
    assertThat(target).content().contains("name: orders-copy");

    Call again = new Call().reading(STREAM);
    assertThat(again.run("import", "alibaba", "-", "--output", target.toString())).isEqualTo(2);
    assertThat(again.err()).contains("command.file-exists");
  }

  @Test
  void answersPrograms() {
    assertThat(call.run("import", "alibaba", document.toString(), "--json")).isZero();
    assertThat(call.envelope().at("/result/flow").asText()).contains("kind: EventFlow");
    assertThat(call.envelope().at("/result/notImported/0/field").asText())
        .isEqualTo("RunOptions.BusinessOption");
  }

  @Test
  void saysWhatIsWrongWithADocument() throws IOException {
    Files.writeString(document, "{ \"EventStreamingName\": ");
    assertThat(call.run("import", "alibaba", document.toString())).isEqualTo(2);
    assertThat(call.err()).contains("command.import-invalid").contains("stream.json:1:");

    Call missing = new Call();
    assertThat(missing.run("import", "alibaba", folder.resolve("none").toString())).isEqualTo(3);
    assertThat(missing.err()).contains("command.import-unreadable");
  }
}
