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
 */
public record Instance(
    String name,
    Version version,
    Optional<String> region,
    Network network,
    List<String> nameServers,
    Optional<Acl> acl) {
  public Instance {
    Objects.requireNonNull(name);
    nameServers = List.copyOf(nameServers);
    if (nameServers.isEmpty()) {
      throw new IllegalArgumentException("instance " + name + " has no name server");
    }
  }
}
