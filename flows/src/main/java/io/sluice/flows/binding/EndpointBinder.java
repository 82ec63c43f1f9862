package io.sluice.flows.binding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.sdk.instance.Network;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.instance.Version;
import java.util.List;
import java.util.Optional;

/** Binds {@code endpoints} and {@code protocol} of an instance: where it is, and how spoken to. */
final class EndpointBinder {
  private static final String NAME_SERVER = "nameServer";
  private static final String PROXY = "proxy";

  private final Findings findings;
  private final Addresses addresses;

  EndpointBinder(Findings findings) {
    this.findings = findings;
    this.addresses = new Addresses(findings);
  }

  /** Addresses in the chosen network, and the protocol by which they are used. */
  record Endpoint(Protocol protocol, List<String> nameServers, List<String> proxies) {}

  /** What an instance says; what is missing is reported, and left out. */
  Endpoint bind(CheckedDocument document, ObjectNode filled, Network network) {
    for (Network other : Network.values()) {
      if (other != network) {
        addresses(document, other, NAME_SERVER);
        addresses(document, other, PROXY);
      }
    }
    List<String> nameServers = addresses(document, network, NAME_SERVER);
    List<String> proxies = addresses(document, network, PROXY);
    boolean isOld = filled.path("version").asText().equals(Version.V4.text());
    Protocol protocol =
        filled.has("protocol")
            ? protocol(filled.path("protocol").asText())
            : nameServers.isEmpty() && !proxies.isEmpty() && !isOld
                ? Protocol.GRPC
                : Protocol.REMOTING;
    if (isOld && (protocol == Protocol.GRPC || !proxies.isEmpty())) {
      noProxies(document, network, protocol);
    } else if (protocol == Protocol.GRPC && node(document, network, PROXY).isEmpty()) {
      missing(document, network, "proxy in the " + network.text() + " network", PROXY);
    } else if (node(document, network, NAME_SERVER).isEmpty()
        && node(document, network, PROXY).isEmpty()) {
      missing(document, network, "endpoint in the " + network.text() + " network", NAME_SERVER);
    }
    // A proxy that speaks remoting answers what name servers are asked.
    return protocol == Protocol.REMOTING && nameServers.isEmpty()
        ? new Endpoint(protocol, proxies, List.of())
        : new Endpoint(protocol, nameServers, proxies);
  }

  private static Protocol protocol(String text) {
    return text.equals(Protocol.GRPC.text()) ? Protocol.GRPC : Protocol.REMOTING;
  }

  private List<String> addresses(CheckedDocument document, Network network, String kind) {
    return node(document, network, kind).map(addresses::read).orElse(List.of());
  }

  private static Optional<Node> node(CheckedDocument document, Network network, String kind) {
    return NodePath.of("endpoints", network.text(), kind).in(document.root());
  }

  private void noProxies(CheckedDocument document, Network network, Protocol protocol) {
    findings.error(
        FlowError.PROTOCOL_MISMATCH,
        (protocol == Protocol.GRPC && NodePath.of("protocol").in(document.root()).isPresent()
                ? NodePath.of("protocol")
                : NodePath.of("endpoints", network.text()))
            .namedIn(document.root()),
        "an instance of version 4.x has no proxies and speaks no gRPC");
  }

  private void missing(CheckedDocument document, Network network, String what, String key) {
    findings.error(
        FlowError.MISSING_ENDPOINT,
        NodePath.of("endpoints").namedIn(document.root()),
        "no " + what + ", which this instance uses",
        "Add endpoints."
            + network.text()
            + "."
            + key
            + ", or set 'network' to the network that"
            + " has an endpoint.");
  }
}
