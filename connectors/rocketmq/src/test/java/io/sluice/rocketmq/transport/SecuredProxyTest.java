package io.sluice.rocketmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.TestScheduler;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Access;
import io.sluice.testkit.Authority;
import io.sluice.testkit.ServerSecurity.Identity;
import io.sluice.testkit.ServerSecurity.User;
import io.sluice.testkit.TlsTerminator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in at a proxy, by gRPC, with TLS and keys. */
class SecuredProxyTest {
  private static final String CLUSTER = "shanghai";
  private static final String TOPIC = "orders";
  private static final String GROUP = "GID_visitor";
  private static final User ADMIN = User.of("administrator", "secret-of-admin");
  private static final User READER =
      new User("reader-of-orders", "secret-of-reader", List.of(TOPIC, GROUP), List.of());
  private static final User WRITER =
      new User("writer-of-orders", "secret-of-writer", List.of(), List.of(TOPIC));
  private static final User STRANGER = User.of("somebody-else", "secret-of-somebody");

  private static final Authority AUTHORITY = Authority.of("Authority of the proxies");
  private static final Authority OTHER = Authority.of("Authority of others");

  @TempDir static Path folder;

  private static final TestScheduler SCHEDULER = new TestScheduler();
  private static SecuredProxies proxies;

  @BeforeAll
  static void start() {
    proxies = SecuredProxies.start(folder, CLUSTER, AUTHORITY, ADMIN, READER, WRITER, STRANGER);
    proxies.servers().createTopic(TOPIC, 1);
  }

  @AfterAll
  static void stop() {
    proxies.close();
    SCHEDULER.close();
  }

  private static Reach admitted() {
    return proxies.reach().as(WRITER);
  }

  private static Object write(Reach reach) {
    Object outcome = new ProxyVisitor(reach.proxied(), SCHEDULER).write(TOPIC);
    if (outcome instanceof SluiceException error) {
      assertThat(error).as("flows try again, after a pause").isInstanceOf(RetriableException.class);
      return error.code().id();
    }
    return outcome;
  }

  private static Object read(Reach reach) {
    Object outcome =
        new ProxyVisitor(reach.proxied(), SCHEDULER).read(TOPIC, GROUP, () -> write(admitted()));
    return outcome instanceof SluiceException error ? error.code().id() : outcome;
  }

  @Test
  void aTrustedCertificateAndAKeyLetIn() {
    assertThat(write(admitted())).isEqualTo("welcome");
    assertThat(write(admitted().as(ADMIN))).isEqualTo("welcome");
    assertThat(write(admitted().by(Access.PERMISSIVE))).isEqualTo("welcome");
    assertThat(write(admitted().protocols("TLSv1.2"))).isEqualTo("welcome");
    assertThat(read(admitted().as(READER))).isEqualTo("welcome");
  }

  @Test
  void anUnknownAuthorityIsNotTrusted() {
    Path other = OTHER.write(folder.resolve("other-ca.pem"));

    assertThat(write(admitted().with(Reach.tls(Optional.of(other), true, false))))
        .isEqualTo("rocketmq.tls-untrusted");
    assertThat(
            write(
                admitted().by(Access.PERMISSIVE).with(Reach.tls(Optional.of(other), true, false))))
        .as("which is no reason to do without TLS")
        .isEqualTo("rocketmq.tls-untrusted");
    assertThat(read(admitted().as(READER).with(Reach.tls(Optional.of(other), true, false))))
        .isEqualTo("rocketmq.tls-untrusted");
  }

  @Test
  void aCertificateOfAnotherHostIsRefusedUnlessTheNameIsNotVerified() {
    Reach byName = admitted().at(proxies.secured().grpcAddress().replace("127.0.0.1", "localhost"));

    assertThat(write(byName)).isEqualTo("rocketmq.tls-wrong-host");
    assertThat(write(byName.unverified())).isEqualTo("welcome");
  }

  @Test
  void filesThatCannotBeReadAreNamed() {
    Path nowhere = folder.resolve("nowhere.pem");

    assertThat(write(admitted().with(Reach.tls(Optional.of(nowhere), true, false))))
        .isEqualTo("rocketmq.tls-files");
  }

  @Test
  void plaintextIsToldThatTheProxyWantsTls() {
    assertThat(write(Reach.plaintext(proxies.secured().grpcAddress()).as(WRITER)))
        .isEqualTo("rocketmq.tls-required");
  }

  @Test
  void plaintextIsToldThatALoadBalancerWantsTls() {
    try (TlsTerminator balancer =
        TlsTerminator.start(
            AUTHORITY.issue("127.0.0.1"), AUTHORITY, proxies.open().grpcAddress())) {
      assertThat(write(Reach.plaintext(balancer.address()).as(WRITER)))
          .isEqualTo("rocketmq.tls-required");
    }
  }

  @Test
  void tlsIsDoneWithoutWhereItIsNotOfferedAndNeedNotBe() {
    Reach plain = admitted().at(proxies.open().grpcAddress());

    assertThat(write(plain)).isEqualTo("rocketmq.tls-not-offered");
    assertThat(write(plain.by(Access.PERMISSIVE))).isEqualTo("welcome");
    assertThat(
            write(
                plain
                    .by(Access.PERMISSIVE)
                    .with(Reach.tls(Optional.of(proxies.trust()), true, true))))
        .isEqualTo("rocketmq.tls-not-offered");
    assertThat(write(plain.by(Access.PLAINTEXT))).isEqualTo("welcome");
  }

  @Test
  void wrongSecretsUnknownKeysAndMissingPermissionsDiffer() {
    assertThat(write(admitted().as(User.of(WRITER.key(), "another-secret"))))
        .isEqualTo("rocketmq.unauthenticated");
    assertThat(write(admitted().as(User.of("nobody-at-all", "any-secret"))))
        .isEqualTo("rocketmq.unauthenticated");
    assertThat(write(Reach.ssl(proxies.secured().grpcAddress(), proxies.trust())))
        .as("no key")
        .isEqualTo("rocketmq.unauthenticated");
    assertThat(write(admitted().as(STRANGER))).isEqualTo("rocketmq.denied");
    assertThat(read(admitted().as(STRANGER))).isEqualTo("rocketmq.denied");
    assertThat(read(admitted().as(User.of(READER.key(), "another-secret"))))
        .isEqualTo("rocketmq.unauthenticated");
  }

  @Test
  void refusalsShowNeitherKeyNorSecret() { // I9
    for (User user : List.of(STRANGER, User.of("nobody-at-all", "any-secret"))) {
      Object refusal = new ProxyVisitor(admitted().as(user).proxied(), SCHEDULER).write(TOPIC);
      assertThat(refusal).isInstanceOf(SluiceException.class);
      for (Throwable cause = (Throwable) refusal; cause != null; cause = cause.getCause()) {
        assertThat(cause.toString()).doesNotContain(user.key(), user.secret());
      }
    }
  }

  @Test
  void aLoadBalancerMayAskForACertificate() {
    Identity client = AUTHORITY.issue("127.0.0.1").write(folder, "client");
    Identity strange = OTHER.issue("127.0.0.1").write(folder, "strange");
    try (TlsTerminator balancer =
        TlsTerminator.start(
            AUTHORITY.issue("127.0.0.1"), AUTHORITY, proxies.open().grpcAddress())) {
      Reach reach = admitted().at(balancer.address());

      assertThat(write(reach.showing(client))).isEqualTo("welcome");
      for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
        assertThat(write(reach.protocols(protocol))).isEqualTo("rocketmq.tls-client-refused");
        assertThat(write(reach.showing(strange).protocols(protocol)))
            .isEqualTo("rocketmq.tls-client-refused");
      }
      assertThat(balancer.connections()).as("one for each visit").isEqualTo(5);
    }
  }
}
