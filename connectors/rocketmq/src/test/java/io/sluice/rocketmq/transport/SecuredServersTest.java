package io.sluice.rocketmq.transport;

import static io.sluice.rocketmq.transport.Visitor.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Namespace;
import io.sluice.testkit.Authority;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import io.sluice.testkit.ServerSecurity.Identity;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in at servers that take TLS only, with a certificate and a key. */
@ParameterizedClass
@ValueSource(strings = {"4.8.0", "4.9.7", "5.5.0"})
class SecuredServersTest {
  private static final String TOPIC = "orders";
  private static final String WELCOME = "welcome";
  private static final User ADMIN = User.of("administrator", "secret-of-admin");
  private static final User READER =
      new User(
          "reader-of-orders",
          "secret-of-reader",
          List.of(TOPIC, "GID_visitor", "MQ_INST_1%orders", "MQ_INST_1%GID_visitor"),
          List.of());
  private static final User STRANGER = User.of("somebody-else", "secret-of-somebody");

  @TempDir static Path folder;

  private static final Authority AUTHORITY = Authority.of("Authority of the servers");
  private static final Authority OTHER = Authority.of("Authority of others");
  private static Path trust;
  private static Identity client;
  private static List<String> protocols;
  private static ReleasedServers servers;

  SecuredServersTest(String version) {}

  @BeforeParameterizedClassInvocation
  static void start(String version) {
    protocols =
        version.equals("4.8.0") // which does not know the latter
            ? List.of("TLSv1.2")
            : List.of("TLSv1.2", "TLSv1.3");
    Path certificates = folder.resolve("certificates-" + version);
    trust = AUTHORITY.write(certificates.resolve("ca.pem"));
    client = AUTHORITY.issue("127.0.0.1").write(certificates, "client");
    servers =
        ReleasedServers.start(
            version,
            "shanghai",
            folder.resolve(version),
            ServerSecurity.none()
                .withTls("enforcing", AUTHORITY.issue("127.0.0.1").write(certificates, "server"))
                .withClientAuthority(trust)
                .withUsers(ADMIN, READER, STRANGER));
    servers.createTopic(TOPIC, 1);
    servers.createTopic("MQ_INST_1%orders", 1);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    servers.close();
  }

  private static Reach admitted() {
    return Reach.ssl(servers.nameServer(), trust).showing(client).as(READER);
  }

  @Test
  void aTrustedCertificateAndAKeyLetIn() {
    assertThat(visit(admitted(), TOPIC)).isEqualTo(WELCOME);
    assertThat(visit(admitted().as(ADMIN), TOPIC)).isEqualTo(WELCOME);
    assertThat(visit(admitted().by(Access.PERMISSIVE), TOPIC)).isEqualTo(WELCOME);
    assertThat(visit(admitted().protocols("TLSv1.2"), TOPIC)).isEqualTo(WELCOME);
  }

  @Test
  void anUnknownAuthorityIsNotTrusted() {
    Path other = OTHER.write(folder.resolve("other-ca.pem"));

    assertThat(visit(admitted().with(Reach.tls(Optional.of(other), true, false)), TOPIC))
        .isEqualTo("rocketmq.tls-untrusted");
    assertThat(visit(admitted().with(Reach.tls(Optional.empty(), false, false)), TOPIC))
        .as("nor by the JDK's authorities, whatever the name")
        .isEqualTo("rocketmq.tls-untrusted");
    assertThat(
            visit(
                admitted().by(Access.PERMISSIVE).with(Reach.tls(Optional.of(other), true, false)),
                TOPIC))
        .as("which is no reason to do without TLS")
        .isEqualTo("rocketmq.tls-untrusted");
  }

  @Test
  void aCertificateOfAnotherHostIsRefusedUnlessTheNameIsNotVerified() {
    Reach byName = admitted().at(servers.nameServer().replace("127.0.0.1", "localhost"));

    assertThat(visit(byName, TOPIC)).isEqualTo("rocketmq.tls-wrong-host");
    assertThat(visit(byName.unverified(), TOPIC)).isEqualTo(WELCOME);
  }

  @Test
  void aClientWithoutATrustedCertificateIsRefused() {
    Identity strange = OTHER.issue("127.0.0.1").write(folder, "strange");
    for (String protocol : protocols) {
      assertThat(visit(Reach.ssl(servers.nameServer(), trust).protocols(protocol), TOPIC))
          .as(protocol)
          .isEqualTo("rocketmq.tls-client-refused");
      assertThat(visit(admitted().showing(strange).protocols(protocol), TOPIC))
          .as(protocol)
          .isEqualTo("rocketmq.tls-client-refused");
    }
  }

  @Test
  void plaintextIsToldThatTheServerWantsTls() {
    assertThat(visit(Reach.plaintext(servers.nameServer()).as(READER), TOPIC))
        .isEqualTo("rocketmq.tls-required");
  }

  @Test
  void wrongSecretsUnknownKeysAndMissingPermissionsDiffer() {
    assertThat(visit(admitted().as(User.of(READER.key(), "another-secret")), TOPIC))
        .isEqualTo("rocketmq.unauthenticated");
    assertThat(visit(admitted().as(User.of("nobody-at-all", "any-secret")), TOPIC))
        .isEqualTo("rocketmq.unauthenticated");
    assertThat(visit(Reach.ssl(servers.nameServer(), trust).showing(client), TOPIC))
        .as("no key")
        .isEqualTo("rocketmq.unauthenticated");
    assertThat(visit(admitted().as(STRANGER), TOPIC)).isEqualTo("rocketmq.denied");
  }

  @Test
  void aNamespaceIsSignedWithTheRest() {
    assertThat(visit(admitted().in(new Namespace.Prefix("MQ_INST_1")), TOPIC)).isEqualTo(WELCOME);
    assertThat(visit(admitted().in(new Namespace.Header("rmq-cn-1")), TOPIC)).isEqualTo(WELCOME);
  }

  @Test
  void refusalsShowNeitherKeyNorSecret() { // I9
    for (User user : List.of(STRANGER, User.of("nobody-at-all", "any-secret"))) {
      try (Visitor visitor = new Visitor(admitted().as(user))) {
        SluiceException failure = visitor.failure(TOPIC).orElseThrow();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
          assertThat(cause.toString()).doesNotContain(user.key(), user.secret());
        }
      }
    }
  }

  @Test
  void filesThatChangeAreUsedForTheNextConnection() {
    Path renewed = OTHER.write(folder.resolve("renewed-ca.pem"));
    Identity identity = OTHER.issue("127.0.0.1").write(folder, "renewed");
    Reach reach = Reach.ssl(servers.nameServer(), renewed).showing(identity).as(READER);
    try (Visitor visitor = new Visitor(reach)) {
      assertThat(visitor.visit(TOPIC)).isEqualTo("rocketmq.tls-untrusted");
      AUTHORITY.write(renewed);
      assertThat(visitor.visit(TOPIC)).isEqualTo("rocketmq.tls-client-refused");
      AUTHORITY.issue("127.0.0.1").write(folder, "renewed");
      await().atMost(Duration.ofSeconds(10)).until(() -> visitor.visit(TOPIC), WELCOME::equals);
    }
  }
}
