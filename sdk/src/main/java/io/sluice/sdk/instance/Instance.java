package io.sluice.sdk.instance;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A RocketMQ cluster that flows read or write.
 *
 * @param name as flows refer to it: letters, digits, {@code -}, {@code _} and {@code .}
 * @param version which generation it runs
 * @param region where it stands, if given
 * @param network which addresses are in use
 * @param nameServers addresses of the name servers in that network, {@code host:port}; at least one
 *     for {@link Protocol#REMOTING}
 * @param acl credentials, if it asks for them
 * @param access whether connections are encrypted
 * @param tls how they are, if so
 * @param vpc where it stands in a cloud's network, if given
 * @param namespace in which its topics and groups are, if it shares its cluster with others
 * @param proxy through which it is reached, if not directly
 * @param timeouts how long to wait for its servers
 * @param protocol how it is spoken to
 * @param proxies addresses of the proxies in that network, {@code host:port}; at least one for
 *     {@link Protocol#GRPC}
 */
public record Instance(
    String name,
    Version version,
    Optional<String> region,
    Network network,
    List<String> nameServers,
    Optional<Acl> acl,
    Access access,
    Tls tls,
    Optional<Vpc> vpc,
    Optional<Namespace> namespace,
    Optional<EgressProxy> proxy,
    Timeouts timeouts,
    Protocol protocol,
    List<String> proxies) {
  public Instance {
    Objects.requireNonNull(name);
    nameServers = List.copyOf(nameServers);
    proxies = List.copyOf(proxies);
    if (protocol == Protocol.REMOTING && nameServers.isEmpty()) {
      throw new IllegalArgumentException("instance " + name + " has no name server");
    }
    if (protocol == Protocol.GRPC && proxies.isEmpty()) {
      throw new IllegalArgumentException("instance " + name + " has no proxy");
    }
  }

  /** One that is spoken to by remoting, directly, and has its cluster for itself. */
  public Instance(
      String name,
      Version version,
      Optional<String> region,
      Network network,
      List<String> nameServers,
      Optional<Acl> acl,
      Access access,
      Tls tls,
      Optional<Vpc> vpc) {
    this(
        name,
        version,
        region,
        network,
        nameServers,
        acl,
        access,
        tls,
        vpc,
        Optional.empty(),
        Optional.empty(),
        Timeouts.DEFAULT,
        Protocol.REMOTING,
        List.of());
  }

  /** An instance that is reached in plaintext. */
  public Instance(
      String name,
      Version version,
      Optional<String> region,
      Network network,
      List<String> nameServers,
      Optional<Acl> acl) {
    this(
        name,
        version,
        region,
        network,
        nameServers,
        acl,
        Access.PLAINTEXT,
        Tls.DEFAULT,
        Optional.empty());
  }
}
