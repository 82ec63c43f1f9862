package io.sluice.acceptance.matrix;

import io.sluice.testkit.ServerSecurity.Identity;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A {@code kind: Instance} of a flow file, with the patience that a busy machine needs. Immutable.
 *
 * @param address of the name server, or of the proxy for ends behind one
 * @param nameServer beside the proxy, for a source by gRPC
 * @param trust whom the client trusts, if it is to speak TLS
 * @param identity what the client shows
 * @param user whose key it has
 */
record InstanceDocument(
    String name,
    End end,
    String address,
    Optional<String> nameServer,
    Optional<Path> trust,
    Optional<Identity> identity,
    Optional<User> user) {

  InstanceDocument named(String other) {
    return new InstanceDocument(other, end, address, nameServer, trust, identity, user);
  }

  /** The same at another address, and at no other besides. */
  InstanceDocument at(String other) {
    return new InstanceDocument(name, end, other, Optional.empty(), trust, identity, user);
  }

  InstanceDocument trusting(Path authority) {
    return new InstanceDocument(
        name, end, address, nameServer, Optional.of(authority), identity, user);
  }

  InstanceDocument inPlaintext() {
    return new InstanceDocument(
        name, end, address, nameServer, Optional.empty(), Optional.empty(), user);
  }

  InstanceDocument showingNothing() {
    return new InstanceDocument(name, end, address, nameServer, trust, Optional.empty(), user);
  }

  InstanceDocument as(User other) {
    return new InstanceDocument(
        name, end, address, nameServer, trust, identity, Optional.of(other));
  }

  /** As text, to be put before flows. */
  String text() {
    StringBuilder text = new StringBuilder("---\nkind: Instance\nname: ").append(name);
    text.append("\nversion: ").append(end.version().charAt(0)).append(".x\n");
    text.append("protocol: ").append(end.speaksGrpc() ? "grpc" : "remoting");
    text.append("\ntimeouts: { connect: 20s, request: 30s }\nendpoints: { private: { ")
        .append(endpoints())
        .append(" } }\n");
    trust.ifPresent(
        authority -> {
          text.append("access: SSL\ntls:\n  trust: ").append(authority).append('\n');
          identity.ifPresent(
              shown ->
                  text.append("  certificate: %s%n".formatted(shown.certificate()))
                      .append("  privateKey: %s%n".formatted(shown.privateKey())));
        });
    user.ifPresent(
        known ->
            text.append(
                "acl: { accessKey: %s, secretKey: %s }%n".formatted(known.key(), known.secret())));
    return text.toString();
  }

  private String endpoints() {
    return switch (end.way()) {
      case REMOTING -> "nameServer: \"%s\"".formatted(address);
      case REMOTING_BY_PROXY -> "proxy: \"%s\"".formatted(address);
      case GRPC ->
          nameServer.map(known -> "nameServer: \"%s\", ".formatted(known)).orElse("")
              + "proxy: \"%s\"".formatted(address);
    };
  }
}
