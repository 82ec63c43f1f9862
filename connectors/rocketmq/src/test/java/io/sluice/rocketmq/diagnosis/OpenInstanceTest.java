package io.sluice.rocketmq.diagnosis;

import static io.sluice.rocketmq.diagnosis.Diagnosis.reading;
import static io.sluice.rocketmq.diagnosis.Diagnosis.readingSql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.broker.IntegratedBroker;
import io.sluice.broker.TopicType;
import io.sluice.rocketmq.transport.Reach;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Network;
import io.sluice.sdk.instance.Version;
import io.sluice.sdk.instance.Vpc;
import io.sluice.testkit.Authority;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.TlsDoor;
import io.sluice.testkit.egress.EgressServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.constant.PermName;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults around an instance that speaks plaintext and asks for no names. */
class OpenInstanceTest {
  private static final Need[] NEEDS = {
    readingSql("orders", "GID_copy"),
    new Need.Writing("copies", false),
    new Need.Writing("to-be-created", true)
  };

  @TempDir static Path folder;
  private static IntegratedBroker broker;

  @BeforeAll
  static void start() {
    broker = IntegratedBroker.builder("open").dataDir(folder.resolve("open")).start();
    broker.createTopic("orders", 2, TopicType.NORMAL);
    broker.createTopic("copies", 2, TopicType.FIFO);
    broker.createTopic("delayed", 2, TopicType.DELAY);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Instance at(String... nameServers) {
    return instance(Version.V5, Network.PRIVATE, Access.PLAINTEXT, nameServers);
  }

  private static Instance instance(
      Version version, Network network, Access access, String... nameServers) {
    return Instance.builder("remote")
        .version(version)
        .network(network)
        .nameServers(List.of(nameServers))
        .access(access)
        .vpc(new Vpc("vpc-1", Optional.of("vsw-1"), Optional.of("sg-1")))
        .build();
  }

  @Test
  void aHealthyInstanceGetsTicksOnly() {
    Diagnosis diagnosis = Diagnosis.of(at(broker.nameServerAddress()), NEEDS);

    diagnosis.isHealthy();
    assertThat(diagnosis.verdicts("version")).containsExactly(new Verdict.Passed("runs 5.5.0"));
    assertThat(diagnosis.verdicts("message type"))
        .containsExactly(new Verdict.Passed("takes FIFO"));
  }

  @Test
  void oneWithoutFlowsIsExaminedToo() {
    Diagnosis.of(at(broker.nameServerAddress())).isHealthy();
  }

  @Test
  void anUnknownNameIsFound() {
    Diagnosis diagnosis = Diagnosis.of(at("no-such-host.invalid:9876"), NEEDS);

    diagnosis.hasOneFault("name", "rocketmq.name-unresolved", "Check its spelling");
    assertThat(diagnosis.whyNot("route")).isEqualTo("name failed");
    assertThat(diagnosis.whyNot("SQL filter")).isEqualTo("name failed");
  }

  @Test
  void aClosedMetadataPortNamesTheRuleToAdd() {
    int closed = FreePorts.one();

    Diagnosis.of(at("127.0.0.1:" + closed), NEEDS)
        .hasOneFault(
            "metadata port",
            "rocketmq.unreachable",
            "inbound, TCP, port " + closed + ", source 127.0.0.1",
            "VPC vpc-1, vSwitch vsw-1, security group sg-1",
            "port 8100 for private access");
    Diagnosis.of(
            instance(Version.V5, Network.PUBLIC, Access.PLAINTEXT, "127.0.0.1:" + FreePorts.one()))
        .hasOneFault(
            "metadata port",
            "rocketmq.unreachable",
            "source the public address of this machine",
            "port 8200 for public access");
  }

  @Test
  void oneDeadNameServerOfTwoHidesNothingElse() {
    Diagnosis diagnosis =
        Diagnosis.of(at("127.0.0.1:" + FreePorts.one(), broker.nameServerAddress()), NEEDS);

    diagnosis.hasOneFault("metadata port", "rocketmq.unreachable");
    assertThat(diagnosis.verdicts("SQL filter"))
        .containsExactly(new Verdict.Passed("is filtered by SQL92"));
  }

  @Test
  void tlsToAServerWithoutItIsFound() {
    Diagnosis diagnosis =
        Diagnosis.of(
            instance(Version.V5, Network.PRIVATE, Access.SSL, broker.nameServerAddress()), NEEDS);

    diagnosis.hasOneFault("metadata access", "rocketmq.tls-not-offered", "access: PLAINTEXT");
    assertThat(diagnosis.whyNot("metadata certificate")).isEqualTo("metadata access failed");
  }

  @Test
  void anExpiredCertificateIsFound() {
    Authority authority = Authority.of("Authority");
    Path trust = authority.write(folder.resolve("ca.pem"));
    try (TlsDoor server = new TlsDoor(authority.issueExpired("127.0.0.1").serverContext())) {
      Diagnosis.of(Reach.ssl(server.address(), trust).instance())
          .hasOneFault("metadata certificate", "rocketmq.tls-expired", "Renew the certificate");
    }
  }

  @Test
  void allConnectionsAreMadeThroughTheProxy() {
    Reach reach = Reach.plaintext(broker.nameServerAddress());
    try (EgressServer server = EgressServer.socks5(Optional.empty())) {
      Diagnosis.of(reach.through(socks(server.address())).instance(), NEEDS).isHealthy();
      assertThat(server.destinations())
          .contains(broker.nameServerAddress(), broker.brokerAddress());
    }
    Diagnosis.of(reach.through(socks("127.0.0.1:" + FreePorts.one())).instance(), NEEDS)
        .hasOneFault("metadata port", "rocketmq.proxy-failed", "`proxy` of the instance");
  }

  private static EgressProxy socks(String address) {
    return new EgressProxy(
        EgressProxy.Type.SOCKS5, address, Optional.empty(), EgressProxy.Resolution.HERE);
  }

  @Test
  void aMissingTopicIsFound() {
    Instance instance = at(broker.nameServerAddress());

    Diagnosis.of(instance, reading("nothing", "GID_copy"))
        .hasOneFault("topic", "rocketmq.topic-missing", "Create the topic");
    Diagnosis.of(instance, new Need.Writing("nothing", false))
        .hasOneFault("topic", "rocketmq.topic-missing", "createTopic: true");
  }

  @Test
  void aTopicThatMayOnlyBeReadIsFound() throws Exception {
    DefaultMQAdminExt administrator = new DefaultMQAdminExt();
    administrator.setNamesrvAddr(broker.nameServerAddress());
    administrator.start();
    try {
      administrator.createAndUpdateTopicConfig(
          broker.brokerAddress(), new TopicConfig("closed", 2, 2, PermName.PERM_READ));
    } finally {
      administrator.shutdown();
    }

    await()
        .untilAsserted(
            () ->
                Diagnosis.of(at(broker.nameServerAddress()), new Need.Writing("closed", false))
                    .hasOneFault("topic", "rocketmq.topic-read-only", "updateTopicPerm"));
  }

  @Test
  void aTopicForOtherMessagesIsFound() {
    Diagnosis.of(at(broker.nameServerAddress()), new Need.Writing("delayed", false))
        .hasOneFault("message type", "rocketmq.topic-type", "NORMAL or FIFO");
  }

  @Test
  void aWrongClockIsFound() {
    Clock late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5));
    Clock slightlyLate = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-10));

    Diagnosis.at(late, at(broker.nameServerAddress()), NEEDS)
        .hasOneFault("clock", "rocketmq.clock-skew", "time server");
    Diagnosis.at(slightlyLate, at(broker.nameServerAddress()), NEEDS).isHealthy();
  }

  @Test
  void anotherVersionIsFound() {
    Diagnosis.of(
            instance(Version.V4, Network.PRIVATE, Access.PLAINTEXT, broker.nameServerAddress()),
            NEEDS)
        .hasOneFault("version", "rocketmq.version-differs", "self-hosted");
  }
}
