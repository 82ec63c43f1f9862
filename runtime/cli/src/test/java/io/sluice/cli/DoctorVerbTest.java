package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.broker.IntegratedBroker;
import io.sluice.broker.TopicType;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.diagnosis.Examiner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorVerbTest {
  private static final Path PAGE = Path.of("../../docs/doctor.md");
  private static final Pattern SAMPLE =
      Pattern.compile("^```text\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir static Path folder;
  private static IntegratedBroker broker;
  private static int closed;
  private static Path flows;

  private final Call call = new Call();

  /** Two instances: one that is well, and one that nobody serves. */
  @BeforeAll
  static void start() throws IOException {
    broker = IntegratedBroker.builder("hangzhou").dataDir(folder.resolve("hangzhou")).start();
    broker.createTopic("orders", 4, TopicType.NORMAL);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    flows =
        Files.writeString(
            folder.resolve("flows.yaml"),
            """
            kind: Instance
            name: hangzhou
            version: 5.x
            endpoints: { private: { nameServer: "%s" } }
            ---
            kind: Instance
            name: singapore
            network: public
            endpoints: { public: { nameServer: "127.0.0.1:%d" } }
            acl: { accessKey: the-access-key, secretKey: the-secret-key }
            vpc: { id: vpc-1, vSwitch: vsw-1, securityGroup: sg-1 }
            ---
            kind: EventFlow
            name: copy
            source:
              rocketmq:
                instance: hangzhou
                topic: orders
                groupID: GID_copy
                filterType: SQL92
                filterSql: "amount > 100"
            sink: { rocketmq: { instance: singapore, topic: orders } }
            """
                .formatted(broker.nameServerAddress(), closed));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aHealthyInstanceIsWell() {
    assertThat(call.run("doctor", flows.toString(), "--instance", "hangzhou")).isZero();
    assertThat(call.err()).isEmpty();
    assertThat(call.out())
        .contains("hangzhou: private network, PLAINTEXT, 5.x")
        .contains("orders has 4 queues to read")
        .contains("GID_copy exists")
        .contains("1 instance: ")
        .contains(", 0 warnings, 0 failed, 0 not checked.");
  }

  @Test
  void aClosedPortNamesTheRuleAndDecidesTheExitCode() {
    assertThat(call.run("doctor", flows.toString())).isEqualTo(3);
    assertThat(call.out())
        .contains("hangzhou: private network")
        .contains("singapore: public network, PLAINTEXT, self-hosted, VPC vpc-1")
        .contains("127.0.0.1:" + closed + " does not open")
        .contains("[rocketmq.unreachable]")
        .contains("add a rule: inbound, TCP, port " + closed)
        .contains("in VPC vpc-1, vSwitch vsw-1, security group sg-1")
        .contains("Cloud instances have port 8200 for public access to metadata.")
        .contains("not checked because metadata port failed")
        .contains("2 instances: ")
        .contains(" 1 failed, ")
        .doesNotContain("the-access-key", "the-secret-key"); // I9
  }

  @Test
  void givesProgramsEachCheck() {
    assertThat(call.run("doctor", "--json", flows.toString())).isEqualTo(3);
    assertThat(call.json()).hasSize(1);
    JsonNode envelope = call.envelope();
    assertThat(envelope.path("ok").asBoolean()).isFalse();
    assertThat(envelope.path("error").path("code").asText()).isEqualTo("rocketmq.unreachable");
    JsonNode instances = envelope.path("result").path("instances");
    assertThat(instances).hasSize(2);
    JsonNode well = instances.path(0);
    assertThat(well.path("name").asText()).isEqualTo("hangzhou");
    assertThat(well.path("checks").findValuesAsText("verdict")).containsOnly("passed");
    JsonNode ill = instances.path(1);
    assertThat(ill.path("vpc").path("securityGroup").asText()).isEqualTo("sg-1");
    assertThat(ill.path("checks").findValuesAsText("verdict"))
        .contains("passed", "failed", "not-checked");
    JsonNode port = ill.path("checks").path(1);
    assertThat(port.path("check").asText()).isEqualTo("metadata port");
    assertThat(port.path("subject").asText()).isEqualTo("127.0.0.1:" + closed);
    assertThat(port.path("verdict").asText()).isEqualTo("failed");
    assertThat(port.path("code").asText()).isEqualTo("rocketmq.unreachable");
    assertThat(port.path("suggestion").asText()).contains("inbound, TCP, port " + closed);
    assertThat(ill.path("checks").path(2).path("because").asText())
        .isEqualTo("metadata port failed");
    assertThat(call.out()).doesNotContain("the-access-key", "the-secret-key"); // I9
  }

  @Test
  void anAddressNeedsNoFlowFiles() {
    assertThat(call.run("doctor", "--instance", broker.nameServerAddress())).isZero();
    assertThat(call.out()).contains("none are asked for").contains("runs 5.5.0");
  }

  @Test
  void anIntegratedBrokerThatDoesNotRunIsNoFault() throws IOException {
    Path file = Files.writeString(folder.resolve("broker.yaml"), "kind: Broker\nname: qingdao\n");
    String data = folder.resolve("data").toString();
    assertThat(call.run("doctor", file.toString(), "--data-dir", data)).isZero();
    assertThat(call.out()).contains("qingdao: not checked, as it is an integrated broker");

    Call named = new Call();
    assertThat(named.run("doctor", file.toString(), "--data-dir", data, "--instance", "qingdao"))
        .isEqualTo(3);
    assertThat(named.err()).contains("command.broker-not-running");
  }

  @Test
  void whatCannotBeLookedAtIsAnError() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "kind: Instance\nnam: x\n");
    assertThat(call.run("doctor", wrong.toString())).isEqualTo(2);
    assertThat(call.err()).contains("flow.");
    assertThat(call.out()).contains("Nothing was looked at");

    Path empty = Files.createDirectories(folder.resolve("empty"));
    Call nothing = new Call();
    assertThat(nothing.run("doctor", empty.toString())).isEqualTo(2);
    assertThat(nothing.err()).contains("command.no-instance");

    Call unknown = new Call();
    assertThat(unknown.run("doctor", flows.toString(), "--instance", "shanghai")).isEqualTo(2);
    assertThat(unknown.err()).contains("command.unknown-instance").contains("hangzhou, singapore");
  }

  @Test
  void thePageShowsWhatIsPrinted() throws IOException {
    call.run("doctor", flows.toString());
    Matcher sample = SAMPLE.matcher(Files.readString(PAGE));
    assertThat(sample.find()).isTrue();
    assertThat(sample.group(1)).isEqualTo(normal(call.out()));
  }

  /** With the ports that the page speaks of, as those of a test are found by chance. */
  private static String normal(String output) {
    return output
        .replace(broker.nameServerAddress(), "127.0.0.1:9876")
        .replace(broker.brokerAddress(), "127.0.0.1:10911")
        .replace(String.valueOf(closed), "8200");
  }

  @Test
  void thePageExplainsEveryCheckInOrder() throws IOException {
    List<String> explained =
        Files.readString(PAGE)
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();
    assertThat(explained)
        .isEqualTo(
            Connectors.all().stream()
                .map(Connector::examiner)
                .flatMap(Optional::stream)
                .map(Examiner::checks)
                .flatMap(List::stream)
                .toList());
  }
}
