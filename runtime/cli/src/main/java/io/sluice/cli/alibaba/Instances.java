package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The instances that the sources and sinks of a file name, each once. For one thread. */
final class Instances {
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9._-]+:[0-9]{1,5}(;[A-Za-z0-9._-]+:[0-9]{1,5})*");

  private final Map<String, FlowDocument> byName = new LinkedHashMap<>();
  private final Losses losses;

  Instances(Losses losses) {
    this.losses = losses;
  }

  /** In the order in which they were named. */
  Collection<FlowDocument> documents() {
    return byName.values();
  }

  /**
   * The name of the instance that some parameters describe.
   *
   * @param parameters whose values are texts
   * @param fallback its name if they give none
   */
  String named(Fields parameters, String fallback) {
    String name = parameters.text("InstanceId").map(id -> Names.of(id, "._-")).orElse(fallback);
    FlowDocument document =
        byName.computeIfAbsent(name, added -> new FlowDocument("Instance", added));
    ObjectNode root = document.root();
    version(parameters).ifPresent(version -> putIfAbsent(root, "version", version));
    parameters.text("RegionId").ifPresent(region -> putIfAbsent(root, "region", region));
    endpoint(parameters, document, name);
    credentials(parameters, document, name);
    vpc(parameters, root);
    return name;
  }

  private static void putIfAbsent(ObjectNode root, String key, String value) {
    if (!root.has(key)) {
      root.put(key, value);
    }
  }

  private Optional<String> version(Fields parameters) {
    String field = parameters.path("InstanceType");
    return parameters
        .text("InstanceType")
        .flatMap(
            type -> {
              switch (type.toLowerCase(Locale.ROOT)) {
                case "cloud_4", "1":
                  return Optional.of("4.x");
                case "cloud_5", "2":
                  return Optional.of("5.x");
                default:
                  losses.add(field, "the instance is asked for its version in place of " + type);
                  return Optional.empty();
              }
            });
  }

  private void endpoint(Fields parameters, FlowDocument document, String name) {
    boolean open =
        parameters.text("InstanceNetwork").filter("PublicNetwork"::equalsIgnoreCase).isPresent();
    String network = open ? "public" : "private";
    Optional<String> endpoint =
        parameters
            .text("InstanceEndpoint")
            .map(text -> text.replaceFirst("^[a-z]+://", "").replaceFirst("/+$", ""));
    Optional<String> address = endpoint.filter(text -> ADDRESS.matcher(text).matches());
    if (endpoint.isPresent() && address.isEmpty()) {
      losses.add(
          parameters.path("InstanceEndpoint"),
          "'" + endpoint.get() + "' is no host:port; a variable stands in its place");
    }
    ObjectNode root = document.root();
    if (address.isPresent() || !root.has("endpoints")) {
      root.put("network", network);
      root.remove("endpoints");
      root.putObject("endpoints")
          .putObject(network)
          .put("nameServer", address.orElseGet(() -> FlowDocument.variable(name, "name_server")));
    }
  }

  /** Secrets of the document do not go into the file, as people keep such files in repositories. */
  private static void credentials(Fields parameters, FlowDocument document, String name) {
    boolean user = parameters.text("InstanceUsername").isPresent();
    boolean password = parameters.text("InstancePassword").isPresent();
    boolean acl = parameters.text("AuthType").filter("ACL"::equalsIgnoreCase).isPresent();
    if ((user || password || acl) && !document.root().has("acl")) {
      document.comment("Put user name and password of " + name + " into these variables.");
      document
          .root()
          .putObject("acl")
          .put("accessKey", FlowDocument.variable(name, "access_key"))
          .put("secretKey", FlowDocument.variable(name, "secret_key"));
    }
  }

  private void vpc(Fields parameters, ObjectNode root) {
    Optional<String> id = parameters.text("InstanceVpcId");
    List<String> switches =
        parameters.node("InstanceVSwitchIds").map(Names::list).orElse(List.of());
    Optional<String> group = parameters.text("InstanceSecurityGroupId");
    if (id.isPresent() && !root.has("vpc")) {
      ObjectNode vpc = root.putObject("vpc").put("id", id.get());
      switches.stream().findFirst().ifPresent(first -> vpc.put("vSwitch", first));
      group.ifPresent(given -> vpc.put("securityGroup", given));
    }
    if (switches.size() > 1) {
      losses.add(
          parameters.path("InstanceVSwitchIds"), "only the first, " + switches.get(0) + ", stays");
    }
  }
}
