package io.sluice.flows.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.binding.EndpointBinder.Endpoint;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.flows.schema.FlowSchema;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Acl;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Namespace;
import io.sluice.sdk.instance.Network;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.sdk.instance.Tls;
import io.sluice.sdk.instance.Version;
import io.sluice.sdk.instance.Vpc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Binds {@code kind: Instance}. */
public final class InstanceBinder {
  private final FlowSchema schema;
  private final Findings findings;

  public InstanceBinder(FlowSchema schema, Findings findings) {
    this.schema = schema;
    this.findings = findings;
  }

  /** The instance that a sound document declares; empty if something is wrong after all. */
  public Optional<BoundInstance> bind(CheckedDocument document) {
    int before = findings.errors();
    ObjectNode filled = schema.filled(document, NodePath.ROOT);
    Network network =
        Arrays.stream(Network.values())
            .filter(candidate -> candidate.text().equals(filled.path("network").asText()))
            .findFirst()
            .orElseThrow();
    Endpoint endpoint = new EndpointBinder(findings).bind(document, filled, network);
    Access access = Access.valueOf(filled.path("access").asText());
    Tls tls = new TlsBinder(findings).bind(document, filled, access);
    EgressBinder egress = new EgressBinder(findings);
    Optional<EgressProxy> proxy = egress.proxy(document.root(), filled);
    egress.onlyByRemoting(document.root(), endpoint.protocol());
    Timeouts timeouts = egress.timeouts(document.root(), filled);
    if (findings.errors() > before) {
      return Optional.empty();
    }
    Mention name = Mention.of((Scalar) document.root().get("name").orElseThrow());
    Instance.Builder instance =
        Instance.builder(name.value())
            .version(version(filled.path("version").asText()))
            .network(network)
            .nameServers(endpoint.nameServers())
            .access(access)
            .tls(tls)
            .timeouts(timeouts)
            .protocol(endpoint.protocol())
            .proxies(endpoint.proxies());
    text(filled, "region").ifPresent(instance::region);
    acl(filled.path("acl")).ifPresent(instance::acl);
    vpc(filled.path("vpc")).ifPresent(instance::vpc);
    namespace(filled).ifPresent(instance::namespace);
    proxy.ifPresent(instance::proxy);
    List<String> peeredRegions = new ArrayList<>();
    filled.path("peeredRegions").forEach(region -> peeredRegions.add(region.asText()));
    return Optional.of(new BoundInstance(instance.build(), name, peeredRegions));
  }

  private static Version version(String text) {
    return Arrays.stream(Version.values())
        .filter(version -> version.text().equals(text))
        .findFirst()
        .orElseThrow();
  }

  /** Only clients of 5.x say it beside the names. */
  private static Optional<Namespace> namespace(JsonNode instance) {
    boolean beside = version(instance.path("version").asText()) == Version.V5;
    return text(instance, "instanceId")
        .map(id -> beside ? new Namespace.Header(id) : new Namespace.Prefix(id));
  }

  private static Optional<Acl> acl(JsonNode acl) {
    return acl.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Acl(
                Secret.of(acl.path("accessKey").asText()),
                Secret.of(acl.path("secretKey").asText()),
                text(acl, "securityToken").map(Secret::of)));
  }

  private static Optional<Vpc> vpc(JsonNode vpc) {
    return text(vpc, "id").map(id -> new Vpc(id, text(vpc, "vSwitch"), text(vpc, "securityGroup")));
  }

  private static Optional<String> text(JsonNode block, String key) {
    return Optional.ofNullable(block.path(key).textValue());
  }
}
