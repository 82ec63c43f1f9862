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

  /**
   * Self-hosted, in the private network, reached in plaintext and directly by remoting, unless the
   * builder is told otherwise: what a flow file means by an instance that says nothing else.
   *
   * @param name as flows refer to it
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** All parts of this one, some of which may be replaced. */
  public Builder toBuilder() {
    Builder builder =
        builder(name)
            .version(version)
            .network(network)
            .nameServers(nameServers)
            .access(access)
            .tls(tls)
            .timeouts(timeouts)
            .protocol(protocol)
            .proxies(proxies);
    region.ifPresent(builder::region);
    acl.ifPresent(builder::acl);
    vpc.ifPresent(builder::vpc);
    namespace.ifPresent(builder::namespace);
    proxy.ifPresent(builder::proxy);
    return builder;
  }

  /** Collects the parts of an instance. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private Version version = Version.SELF_HOSTED;
    private Optional<String> region = Optional.empty();
    private Network network = Network.PRIVATE;
    private List<String> nameServers = List.of();
    private Optional<Acl> acl = Optional.empty();
    private Access access = Access.PLAINTEXT;
    private Tls tls = Tls.DEFAULT;
    private Optional<Vpc> vpc = Optional.empty();
    private Optional<Namespace> namespace = Optional.empty();
    private Optional<EgressProxy> proxy = Optional.empty();
    private Timeouts timeouts = Timeouts.DEFAULT;
    private Protocol protocol = Protocol.REMOTING;
    private List<String> proxies = List.of();

    private Builder(String name) {
      this.name = name;
    }

    /** {@link Version#SELF_HOSTED} by default. */
    public Builder version(Version version) {
      this.version = version;
      return this;
    }

    /** None by default. */
    public Builder region(String region) {
      this.region = Optional.of(region);
      return this;
    }

    /** {@link Network#PRIVATE} by default. */
    public Builder network(Network network) {
      this.network = network;
      return this;
    }

    /** Addresses, {@code host:port}; needed to speak remoting. */
    public Builder nameServers(List<String> nameServers) {
      this.nameServers = nameServers;
      return this;
    }

    /** No credentials by default. */
    public Builder acl(Acl acl) {
      this.acl = Optional.of(acl);
      return this;
    }

    /** {@link Access#PLAINTEXT} by default. */
    public Builder access(Access access) {
      this.access = access;
      return this;
    }

    /** {@link Tls#DEFAULT} by default. */
    public Builder tls(Tls tls) {
      this.tls = tls;
      return this;
    }

    /** None by default. */
    public Builder vpc(Vpc vpc) {
      this.vpc = Optional.of(vpc);
      return this;
    }

    /** The whole cluster by default. */
    public Builder namespace(Namespace namespace) {
      this.namespace = Optional.of(namespace);
      return this;
    }

    /** Reached directly by default. */
    public Builder proxy(EgressProxy proxy) {
      this.proxy = Optional.of(proxy);
      return this;
    }

    /** {@link Timeouts#DEFAULT} by default. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = timeouts;
      return this;
    }

    /** {@link Protocol#REMOTING} by default. */
    public Builder protocol(Protocol protocol) {
      this.protocol = protocol;
      return this;
    }

    /** Addresses, {@code host:port}; needed to speak gRPC. */
    public Builder proxies(List<String> proxies) {
      this.proxies = proxies;
      return this;
    }

    /**
     * The instance.
     *
     * @throws IllegalArgumentException without an address for its protocol
     */
    public Instance build() {
      return new Instance(
          name,
          version,
          region,
          network,
          nameServers,
          acl,
          access,
          tls,
          vpc,
          namespace,
          proxy,
          timeouts,
          protocol,
          proxies);
    }
  }
}
