package io.sluice.rocketmq.transport;

import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Acl;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Namespace;
import io.sluice.sdk.instance.Network;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.sdk.instance.Tls;
import io.sluice.sdk.instance.Version;
import io.sluice.testkit.ServerSecurity.Identity;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A way to reach one instance, put together step by step. */
public record Reach(String nameServer, Access access, Tls tls, Optional<Acl> acl, Way way) {

  /** What lies between, and how long that may take. */
  public record Way(Optional<Namespace> namespace, Optional<EgressProxy> proxy, Timeouts timeouts) {
    private static final Way DIRECT = new Way(Optional.empty(), Optional.empty(), Timeouts.DEFAULT);
  }

  public static Reach plaintext(String nameServer) {
    return new Reach(nameServer, Access.PLAINTEXT, Tls.DEFAULT, Optional.empty(), Way.DIRECT);
  }

  public static Reach ssl(String nameServer, Path trust) {
    return plaintext(nameServer).by(Access.SSL).with(tls(Optional.of(trust), true, false));
  }

  public Reach by(Access other) {
    return new Reach(nameServer, other, tls, acl, way);
  }

  public Reach as(User user) {
    return as(new Acl(Secret.of(user.key()), Secret.of(user.secret())));
  }

  Reach as(Acl credentials) {
    return new Reach(nameServer, access, tls, Optional.of(credentials), way);
  }

  public Reach at(String other) {
    return new Reach(other, access, tls, acl, way);
  }

  public Reach with(Tls other) {
    return new Reach(nameServer, access, other, acl, way);
  }

  public Reach in(Namespace other) {
    return by(new Way(Optional.of(other), way.proxy(), way.timeouts()));
  }

  public Reach through(EgressProxy other) {
    return by(new Way(way.namespace(), Optional.of(other), way.timeouts()));
  }

  Reach within(Timeouts other) {
    return by(new Way(way.namespace(), way.proxy(), other));
  }

  private Reach by(Way other) {
    return new Reach(nameServer, access, tls, acl, other);
  }

  Reach unverified() {
    return with(tls.certificate(), tls.privateKey(), false, tls.protocols());
  }

  Reach showing(Identity identity) {
    return with(
        Optional.of(identity.certificate()),
        Optional.of(identity.privateKey()),
        tls.verifyHostname(),
        tls.protocols());
  }

  Reach protocols(String... protocols) {
    return with(tls.certificate(), tls.privateKey(), tls.verifyHostname(), List.of(protocols));
  }

  private Reach with(
      Optional<Path> certificate,
      Optional<Path> privateKey,
      boolean verifyHostname,
      List<String> protocols) {
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

  public Instance instance() {
    return instance(Protocol.REMOTING, List.of(nameServer), List.of());
  }

  /** By gRPC, where the address is that of a proxy. */
  public Instance proxied() {
    return instance(Protocol.GRPC, List.of(), List.of(nameServer));
  }

  /** The same, with a name server known besides. */
  public Instance proxiedBeside(String otherServer) {
    return instance(Protocol.GRPC, List.of(otherServer), List.of(nameServer));
  }

  private Instance instance(Protocol protocol, List<String> nameServers, List<String> proxies) {
    return new Instance(
        "remote",
        Version.SELF_HOSTED,
        Optional.empty(),
        Network.PRIVATE,
        nameServers,
        acl,
        access,
        tls,
        Optional.empty(),
        way.namespace(),
        way.proxy(),
        way.timeouts(),
        protocol,
        proxies);
  }
}
