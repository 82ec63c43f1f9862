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
 * @param nameServers addresses of the name servers in that network, {@code host:port}, at least one
 * @param acl credentials, if it asks for them
 * @param access whether connections are encrypted
 * @param tls how they are, if so
 * @param vpc where it stands in a cloud's network, if given
 * @param namespace in which its topics and groups are, if it shares its cluster with others
 * @param proxy through which it is reached, if not directly
 * @param timeouts how long to wait for its servers
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
    Timeouts timeouts) {
  public Instance {
    Objects.requireNonNull(name);
    nameServers = List.copyOf(nameServers);
    if (nameServers.isEmpty()) {
      throw new IllegalArgumentException("instance " + name + " has no name server");
    }
  }

  /** An instance that has its cluster for itself and is reached directly. */
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
        Timeouts.DEFAULT);
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
