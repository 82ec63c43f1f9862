package io.sluice.rocketmq.diagnosis;

import static io.sluice.rocketmq.diagnosis.Diagnosis.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.transport.Reach;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Instance;
import io.sluice.testkit.Authority;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults around an instance that takes TLS only, and users that it knows. */
@ParameterizedClass
@ValueSource(strings = {"4.9.7", "5.5.0"})
class SecuredInstanceTest {
  private static final User ADMIN = User.of("administrator", "secret-of-admin");
  private static final User USER =
      new User(
          "user-of-flows",
          "secret-of-user",
          List.of("orders", "GID_orders", "copies", "TOOLS_CONSUMER"),
          List.of("copies"));
  private static final Authority AUTHORITY = Authority.of("Authority of the servers");

  @TempDir static Path folder;
  private static Path trust;
  private static ReleasedServers servers;

  SecuredInstanceTest(String version) {}

  @BeforeParameterizedClassInvocation
  static void start(String version) {
    Path certificates = folder.resolve("certificates-" + version);
    trust = AUTHORITY.write(certificates.resolve("ca.pem"));
    servers =
        ReleasedServers.start(
            version,
            "secured",
            folder.resolve(version),
            ServerSecurity.none()
                .withTls("enforcing", AUTHORITY.issue("127.0.0.1").write(certificates, "server"))
                .withUsers(ADMIN, USER));
    servers.createTopic("orders", 1);
    servers.createTopic("copies", 1);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    servers.close();
  }

  private static Reach reach(User user) {
    return Reach.ssl(servers.nameServer(), trust).as(user);
  }

  private static Instance instance(User user) {
    return reach(user).instance();
  }

  @Test
  void aHealthyInstanceGetsTicksOnlyAndNoMessageAndNoTopic() {
    Need[] needs = {
      reading("orders", "GID_orders"),
      new Need.Writing("copies", true),
      new Need.Writing("to-be-created", true)
    };

    Diagnosis.of(instance(ADMIN), needs).isHealthy();
    assertThat(servers.messages("copies")).isZero();
    Diagnosis.of(instance(ADMIN), new Need.Writing("to-be-created", false))
        .hasOneFault("topic", "rocketmq.topic-missing");
  }

  @Test
  void anUnknownAuthorityIsFound() {
    Path other = Authority.of("Authority of others").write(folder.resolve("other.pem"));

    Diagnosis diagnosis =
        Diagnosis.of(reach(USER).with(Reach.tls(Optional.of(other), true, false)).instance());

    diagnosis.hasOneFault("metadata certificate", "rocketmq.tls-untrusted", "tls.trust");
    assertThat(diagnosis.whyNot("route")).isEqualTo("metadata certificate failed");
  }

  @Test
  void aCertificateOfAnotherHostIsFound() {
    String byName = servers.nameServer().replace("127.0.0.1", "localhost");

    Diagnosis.of(reach(USER).at(byName).instance())
        .hasOneFault("metadata certificate", "rocketmq.tls-wrong-host", "tls.verifyHostname");
  }

  @Test
  void plaintextToAServerThatTakesTlsOnlyIsFound() {
    Diagnosis.of(reach(USER).by(Access.PLAINTEXT).instance())
        .hasOneFault("metadata access", "rocketmq.tls-required", "access: SSL");
  }

  @Test
  void aCertificateThatExpiresSoonIsInDoubt() {
    Clock late = Clock.offset(Clock.systemUTC(), Duration.ofDays(355));

    Diagnosis diagnosis = Diagnosis.at(late, instance(ADMIN));

    assertThat(diagnosis.doubt("metadata certificate").code().id())
        .isEqualTo("rocketmq.certificate-expires");
    assertThat(diagnosis.doubt("service certificate").suggestion()).contains("Renew");
  }

  @Test
  void aWrongSecretIsFoundAndNotShown() { // I9
    User wrong = User.of(USER.key(), "another-secret");

    Diagnosis diagnosis = Diagnosis.of(instance(wrong), reading("orders", "GID_orders"));

    diagnosis.hasOneFault("credentials", "rocketmq.unauthenticated", "accessKey");
    assertThat(diagnosis.toString()).doesNotContain(wrong.key(), wrong.secret());
  }

  @Test
  void whatTheUserMayDoGetsTicks() {
    Diagnosis diagnosis =
        Diagnosis.of(
            instance(USER), reading("orders", "GID_orders"), new Need.Writing("copies", false));

    for (String check : List.of("credentials", "topic", "group", "version")) {
      assertThat(diagnosis.verdicts(check))
          .as(diagnosis.toString())
          .isNotEmpty()
          .allMatch(verdict -> verdict instanceof Verdict.Passed);
    }
  }

  @Test
  void missingPermissionsAreFound() {
    Diagnosis.of(instance(USER), reading("orders", "GID_other"))
        .hasOneFault(
            "credentials", "rocketmq.denied", "read topic orders and group GID_other (SUB)");
    Diagnosis.of(instance(USER), new Need.Writing("orders", false))
        .hasOneFault("credentials", "rocketmq.denied", "write topic orders (PUB)");
    Diagnosis.of(instance(USER), new Need.Writing("to-be-created", true))
        .hasOneFault("credentials", "rocketmq.denied", "create topic to-be-created");
  }
}
