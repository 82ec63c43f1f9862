package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateVerbTest {
  @TempDir private Path folder;
  private final Call call = new Call();
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("brokers.yaml");
  }

  @Test
  void saysWhatIsThereWhenNothingIsWrong() throws IOException {
    Files.writeString(file, "kind: Broker\nname: qingdao\n---\nkind: Broker\nname: singapore\n");
    assertThat(call.run("validate", folder.toString())).isZero();
    assertThat(call.out().strip())
        .isEqualTo("0 flows, 2 brokers, 0 instances; 0 errors, 0 warnings.");
    assertThat(call.err()).isEmpty();
  }

  @Test
  void countsBusesAndTheirRules() throws IOException {
    Files.writeString(
        file,
        """
        kind: Broker
        name: shop
        ---
        kind: EventBus
        name: events
        instance: shop
        rules:
          - name: all
            targets:
              - { id: one, sink: { rocketmq: { instance: shop, topic: one } } }
              - { id: two, sink: { rocketmq: { instance: shop, topic: two } } }
        """);
    assertThat(call.run("validate", file.toString())).isZero();
    assertThat(call.out().strip())
        .isEqualTo("0 flows, 1 bus with 1 rule, 1 broker, 0 instances; 0 errors, 0 warnings.");
  }

  @Test
  void showsEveryFindingWithItsPlace() throws IOException {
    Files.writeString(file, "kind: Broker\nname: qingdao\nregoin: cn-qingdao\nretention: 3\n");
    assertThat(call.run("validate", file.toString())).isEqualTo(2);
    assertThat(call.err())
        .contains(file + ":3:1")
        .contains("region")
        .contains(file + ":4:")
        .doesNotContain("\tat ");
    assertThat(call.out().strip()).isEqualTo("2 errors, 0 warnings.");
  }

  @Test
  void warnsOfAPrivateNetworkBetweenRegions() throws IOException {
    Files.writeString(
        file,
        """
        kind: Instance
        name: hangzhou
        region: cn-hangzhou
        endpoints: { private: { nameServer: "10.0.0.5:9876" } }
        ---
        kind: Instance
        name: singapore
        region: ap-southeast-1
        endpoints: { private: { nameServer: "10.2.0.5:9876" } }
        ---
        kind: EventFlow
        name: copy
        source: { rocketmq: { instance: hangzhou, topic: orders, groupID: GID_copy } }
        sink: { rocketmq: { instance: singapore, topic: orders } }
        """);
    assertThat(call.run("validate", file.toString())).isZero();
    assertThat(call.err())
        .contains(file + ":14:")
        .contains("regions do not reach each other over an intranet")
        .contains("network: public")
        .contains("peering")
        .contains("a runtime run beside each");
    assertThat(call.out()).contains("0 errors, 1 warning.");
  }

  @Test
  void givesProgramsTheFindingsAndTheFirstAsTheError() throws IOException {
    Files.writeString(file, "kind: Broker\nname: qingdao\nregoin: cn-qingdao\n");
    assertThat(call.run("validate", "--json", file.toString())).isEqualTo(2);
    assertThat(call.json()).hasSize(1);
    JsonNode envelope = call.envelope();
    JsonNode finding = envelope.path("result").path("findings").path(0);
    assertThat(envelope.path("ok").asBoolean()).isFalse();
    assertThat(finding.path("severity").asText()).isEqualTo("error");
    assertThat(finding.path("file").asText()).isEqualTo(file.toString());
    assertThat(finding.path("line").asInt()).isEqualTo(3);
    assertThat(finding.path("column").asInt()).isEqualTo(1);
    assertThat(finding.path("suggestion").asText()).contains("region");
    assertThat(envelope.path("error").path("code")).isEqualTo(finding.path("code"));
    assertThat(call.err()).isEmpty();
  }

  @Test
  void failsForWarningsWhenItIsStrict() throws IOException {
    assertThat(call.run("validate", folder.toString())).as(call.err()).isZero();
    assertThat(call.out()).contains("1 warning");

    Call strict = new Call();
    assertThat(strict.run("validate", "--strict", folder.toString())).isEqualTo(2);
    assertThat(strict.out()).contains("1 warning");
  }

  @Test
  void aPathThatDoesNotExistIsAFinding() {
    assertThat(call.run("validate", folder.resolve("nothing").toString())).isNotZero();
    assertThat(call.err()).contains("nothing");
  }
}
