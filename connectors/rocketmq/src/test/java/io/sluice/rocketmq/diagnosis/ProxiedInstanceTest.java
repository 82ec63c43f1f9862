package io.sluice.rocketmq.diagnosis;

import static io.sluice.rocketmq.diagnosis.Diagnosis.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.transport.Reach;
import io.sluice.rocketmq.transport.SecuredProxies;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.instance.Access;
import io.sluice.testkit.Authority;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults around an instance that is spoken to by gRPC. */
class ProxiedInstanceTest {
  private static final String CLUSTER = "proxied";
  private static final User ADMIN = User.of("administrator", "secret-of-admin");
  private static final User USER =
      new User(
          "user-of-flows", "secret-of-user", List.of("orders", "GID_orders"), List.of("copies"));
  private static final Authority AUTHORITY = Authority.of("Authority of the proxies");

  @TempDir static Path folder;
  private static SecuredProxies proxies;

  @BeforeAll
  static void start() {
    proxies = SecuredProxies.start(folder, CLUSTER, AUTHORITY, ADMIN, USER);
    proxies.servers().createTopic("orders", 2);
    proxies.servers().createTopic("copies", 1);
  }

  @AfterAll
  static void stop() {
    proxies.close();
  }

  private static Reach reach() {
    return proxies.reach().as(USER);
  }

  private static Diagnosis diagnosis(Reach reach, Need... needs) {
    return Diagnosis.of(reach.proxied(), needs);
  }

  @Test
  void aHealthyInstanceGetsTicksOnly() {
    Need[] needs = {reading("orders", "GID_orders"), new Need.Writing("copies", false)};

    Diagnosis diagnosis = diagnosis(reach(), needs);

    diagnosis.isHealthyBut("clock");
    assertThat(diagnosis.verdicts("gRPC access")).containsExactly(new Verdict.Passed("takes TLS"));
    assertThat(diagnosis.verdicts("route")).containsExactly(new Verdict.Passed("serves proxied"));
    assertThat(diagnosis.verdicts("topic"))
        .containsExactly(
            new Verdict.Passed("has 2 queues to read"), new Verdict.Passed("has 1 queue to write"));
    assertThat(diagnosis.verdicts("credentials"))
        .hasSize(2)
        .containsOnly(new Verdict.Passed("is permitted"));
    assertThat(diagnosis.verdicts("group")).containsExactly(new Verdict.Passed("exists"));
    assertThat(diagnosis.verdicts("message type"))
        .containsExactly(new Verdict.Passed("takes NORMAL"));
    assertThat(diagnosis.verdicts("version"))
        .containsExactly(new Verdict.Passed("is of 5.x, as it answers by gRPC"));
    assertThat(diagnosis.whyNot("clock")).contains("do not tell their time");
    diagnosis(reach().at(proxies.open().grpcAddress()).by(Access.PLAINTEXT), needs)
        .isHealthyBut("clock");
    diagnosis(reach().at(proxies.open().grpcAddress()).by(Access.PERMISSIVE), needs)
        .isHealthyBut("clock");
  }

  @Test
  void nameServersBesideAreLookedAtForWhatIsRead() {
    Reach reach = reach().as(ADMIN).at(proxies.open().grpcAddress()).by(Access.PLAINTEXT);
    Need read = reading("orders", "GID_orders");

    Diagnosis both = Diagnosis.of(reach.proxiedBeside(proxies.servers().nameServer()), read);
    both.isHealthyBut("clock");
    assertThat(both.verdicts("gRPC port")).containsExactly(new Verdict.Passed("opens"));
    assertThat(both.verdicts("group")).hasSize(2).containsOnly(new Verdict.Passed("exists"));

    String nowhere = "127.0.0.1:" + FreePorts.one();
    Diagnosis.of(reach.proxiedBeside(nowhere), read)
        .hasOneFault("metadata port", "rocketmq.unreachable");
    Diagnosis.of(reach.proxiedBeside(nowhere), new Need.Writing("copies", false))
        .isHealthyBut("clock");
  }

  @Test
  void oneWithoutFlowsIsExaminedToo() {
    Diagnosis diagnosis = diagnosis(reach());

    diagnosis.isHealthyBut("clock");
    assertThat(diagnosis.verdicts("credentials")).containsExactly(new Verdict.Passed("accepted"));
  }

  @Test
  void aClosedPortNamesTheRuleToAdd() {
    int closed = FreePorts.one();

    Diagnosis diagnosis = diagnosis(reach().at("127.0.0.1:" + closed), reading("orders", "GID"));

    diagnosis.hasOneFault(
        "gRPC port",
        "rocketmq.unreachable",
        "inbound, TCP, port " + closed + ", source 127.0.0.1",
        "port 8080 for private access to gRPC");
    assertThat(diagnosis.whyNot("topic")).isEqualTo("gRPC port failed");
  }

  @Test
  void anUnknownNameIsFound() {
    diagnosis(reach().at("no-such-host.invalid:8081"))
        .hasOneFault("name", "rocketmq.name-unresolved", "Check its spelling");
  }

  @Test
  void aMissingTopicIsFound() {
    Reach admin = reach().as(ADMIN);

    diagnosis(admin, reading("nothing", "GID_orders"))
        .hasOneFault("topic", "rocketmq.topic-missing", "by gRPC flows cannot");
    diagnosis(admin, new Need.Writing("nothing", true))
        .hasOneFault("topic", "rocketmq.topic-missing", "by gRPC flows cannot");
  }

  @Test
  void aWrongSecretIsFoundAndNotShown() { // I9
    User wrong = User.of(USER.key(), "another-secret");

    Diagnosis diagnosis = diagnosis(reach().as(wrong), reading("orders", "GID_orders"));

    diagnosis.hasOneFault("credentials", "rocketmq.unauthenticated", "accessKey");
    assertThat(diagnosis.whyNot("topic")).isEqualTo("credentials failed");
    assertThat(diagnosis.toString()).doesNotContain(wrong.key(), wrong.secret());
  }

  @Test
  void aTopicThatTheUserMayNotUseIsFound() {
    proxies.servers().createTopic("others", 1);

    diagnosis(reach(), reading("orders", "GID_orders"), new Need.Writing("others", false))
        .hasOneFault("credentials", "rocketmq.denied", "write (PUB) topic others");
  }

  @Test
  void aGroupThatTheUserMayNotUseIsFound() {
    diagnosis(reach(), reading("orders", "GID_others"))
        .hasOneFault("credentials", "rocketmq.denied", "group GID_others (SUB)");
  }

  @Test
  void aTopicThatTheUserMayOnlyReadIsFound() {
    diagnosis(reach(), new Need.Writing("orders", false))
        .hasOneFault("credentials", "rocketmq.denied", "write topic orders (PUB)");
  }

  @Test
  void nothingIsStoredByAskingWhetherItMayBe() {
    diagnosis(reach(), new Need.Writing("copies", false)).isHealthyBut("clock");

    assertThat(proxies.servers().messages("copies")).isZero();
  }

  @Test
  void aTopicForAnotherTypeOfMessageIsFound() {
    proxies.servers().createTopic("delays", 1, "DELAY");
    proxies.servers().createTopic("lines", 1, "FIFO");
    Reach admin = reach().as(ADMIN);

    diagnosis(admin, new Need.Writing("delays", false))
        .hasOneFault("message type", "rocketmq.topic-type", "type NORMAL or FIFO");
    assertThat(diagnosis(admin, new Need.Writing("lines", false)).verdicts("message type"))
        .containsExactly(new Verdict.Passed("takes FIFO"));
  }

  @Test
  void aGroupThatWouldLoseTheOrderIsInDoubt() {
    proxies.servers().createTopic("rows", 1, "FIFO");
    proxies.servers().groups().createOrdered("GID_ordered");
    Reach admin = reach().as(ADMIN);

    assertThat(diagnosis(admin, reading("rows", "GID_any")).doubt("group").code())
        .isEqualTo(DiagnosisError.GROUP_UNORDERED);
    diagnosis(admin, reading("rows", "GID_ordered")).isHealthyBut("clock");

    Reach beside = admin.at(proxies.open().grpcAddress()).by(Access.PLAINTEXT);
    Diagnosis.of(
            beside.proxiedBeside(proxies.servers().nameServer()), reading("rows", "GID_new_one"))
        .isHealthyBut("clock");
    assertThat(proxies.servers().groups().isOrdered("GID_new_one")).isTrue();
  }

  @Test
  void tlsToAProxyWithoutItIsFound() {
    diagnosis(reach().at(proxies.open().grpcAddress()))
        .hasOneFault("gRPC access", "rocketmq.tls-not-offered", "access: PLAINTEXT");
  }

  @Test
  void plaintextToAProxyThatTakesTlsOnlyIsFound() {
    diagnosis(reach().by(Access.PLAINTEXT))
        .hasOneFault("gRPC access", "rocketmq.tls-required", "access: SSL");
  }

  @Test
  void anUnknownAuthorityIsFound() {
    Path other = Authority.of("Authority of others").write(folder.resolve("other.pem"));

    diagnosis(reach().with(Reach.tls(Optional.of(other), true, false)))
        .hasOneFault("gRPC certificate", "rocketmq.tls-untrusted", "tls.trust");
  }

  @Test
  void aNameServerIsNotTakenForAProxy() {
    Diagnosis diagnosis =
        diagnosis(reach().at(proxies.servers().nameServer()).by(Access.PLAINTEXT));

    assertThat(diagnosis.verdicts("gRPC port")).containsExactly(new Verdict.Passed("opens"));
    assertThat(diagnosis.verdicts("gRPC access"))
        .as(diagnosis.toString())
        .allMatch(verdict -> verdict instanceof Verdict.Failed);
  }
}
