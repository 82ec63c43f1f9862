package io.sluice.rocketmq.transport;

import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Acl;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Namespace;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.sdk.instance.Tls;
import io.sluice.testkit.ServerSecurity.Identity;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A way to reach one instance, put together step by step. */
public record Reach(Instance instance) {

  /** The address is that of a name server, or of a proxy for {@link #proxied}. */
  public static Reach plaintext(String address) {
    return new Reach(Instance.builder("remote").nameServers(List.of(address)).build());
  }

  public static Reach ssl(String address, Path trust) {
    return plaintext(address).by(Access.SSL).with(tls(Optional.of(trust), true, false));
  }

  public Reach by(Access other) {
    return changed(builder -> builder.access(other));
  }

  public Reach as(User user) {
    return as(new Acl(Secret.of(user.key()), Secret.of(user.secret())));
  }

  Reach as(Acl credentials) {
    return changed(builder -> builder.acl(credentials));
  }

  public Reach at(String other) {
    return changed(builder -> builder.nameServers(List.of(other)));
  }

  public Reach with(Tls other) {
    return changed(builder -> builder.tls(other));
  }

  public Reach in(Namespace other) {
    return changed(builder -> builder.namespace(other));
  }

  public Reach through(EgressProxy other) {
    return changed(builder -> builder.proxy(other));
  }

  Reach within(Timeouts other) {
    return changed(builder -> builder.timeouts(other));
  }

  private Reach changed(UnaryOperator<Instance.Builder> change) {
    return new Reach(change.apply(instance.toBuilder()).build());
  }

  Reach unverified() {
    Tls tls = instance.tls();
    return with(tls.certificate(), tls.privateKey(), false, tls.protocols());
  }

  Reach showing(Identity identity) {
    return with(
        Optional.of(identity.certificate()),
        Optional.of(identity.privateKey()),
        instance.tls().verifyHostname(),
        instance.tls().protocols());
  }

  Reach protocols(String... protocols) {
    Tls tls = instance.tls();
    return with(tls.certificate(), tls.privateKey(), tls.verifyHostname(), List.of(protocols));
  }

  private Reach with(
      Optional<Path> certificate,
      Optional<Path> privateKey,
      boolean verifyHostname,
      List<String> protocols) {
    Tls tls = instance.tls();
    return with(
        new Tls(
            tls.trust(),
            tls.trustPassword(),
            certificate,
            privateKey,
            tls.privateKeyPassword(),
            verifyHostname,
            protocols,
            tls.required()));
  }

  public static Tls tls(Optional<Path> trust, boolean verifyHostname, boolean required) {
    Tls plain = Tls.DEFAULT;
    return new Tls(
        trust,
        plain.trustPassword(),
        plain.certificate(),
        plain.privateKey(),
        plain.privateKeyPassword(),
        verifyHostname,
        plain.protocols(),
        required);
  }

  /** By gRPC, where the address is that of a proxy. */
  public Instance proxied() {
    return proxiedBeside(List.of());
  }

  /** The same, with a name server known besides. */
  public Instance proxiedBeside(String otherServer) {
    return proxiedBeside(List.of(otherServer));
  }

  private Instance proxiedBeside(List<String> nameServers) {
    return instance.toBuilder()
        .protocol(Protocol.GRPC)
        .nameServers(nameServers)
        .proxies(instance.nameServers())
        .build();
  }
}
