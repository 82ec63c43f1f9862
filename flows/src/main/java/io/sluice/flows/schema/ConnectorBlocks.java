package io.sluice.flows.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.finding.KnownNames;
import io.sluice.sdk.error.Location.InFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that {@code source}, {@code sink} and {@code deadLetterQueue} have one key, the name of a
 * connector. The schema says so too, but cannot say it in these words.
 */
final class ConnectorBlocks {
  private static final Set<String> KEYWORDS =
      Set.of("additionalProperties", "minProperties", "maxProperties");

  private final SchemaTree tree;
  private final Findings findings;

  ConnectorBlocks(SchemaTree tree, Findings findings) {
    this.tree = tree;
    this.findings = findings;
  }

  /** Whether a violation of the schema is one of those that this class reports. */
  static boolean owns(String keyword, NodePath path, DocumentKind kind) {
    return KEYWORDS.contains(keyword) && ConnectorPlaces.contains(kind, path);
  }

  void check(DocumentKind kind, Mapping document) {
    for (NodePath path : ConnectorPlaces.in(kind, document)) {
      path.in(document)
          .filter(Mapping.class::isInstance)
          .ifPresent(
              block -> check(path, path.namedIn(document), (Mapping) block, tree.at(kind, path)));
    }
  }

  private void check(NodePath path, InFile place, Mapping block, JsonNode schema) {
    String name = path.steps().get(path.steps().size() - 1).toString();
    String direction = name.equals(SchemaTree.SOURCE) ? SchemaTree.SOURCE : SchemaTree.SINK;
    Map<String, JsonNode> known = properties(schema);
    KnownNames names = new KnownNames(known.keySet());
    List<Entry> unknown =
        block.entries().stream().filter(key -> !known.containsKey(key.key())).toList();
    if (!unknown.isEmpty() && holdsOptions(unknown, known)) {
      findings.error(
          FlowError.NOT_ONE_CONNECTOR,
          place,
          name + " holds options directly, without the name of a connector above them",
          "Put them below the connector's name: "
              + name
              + ": { NAME: { … } }, with NAME one of: "
              + names.list()
              + ".");
      return;
    }
    for (Entry key : unknown) {
      findings.error(
          FlowError.UNKNOWN_CONNECTOR,
          key.place(),
          unknownConnector(key.key(), direction),
          names.suggestion(key.key(), "Connectors with a " + direction));
    }
    if (block.entries().isEmpty()) {
      findings.error(
          FlowError.NOT_ONE_CONNECTOR,
          place,
          name + " names no connector",
          "Connectors with a " + direction + ": " + names.list() + ".");
    }
    if (block.entries().size() > 1) {
      Entry second = block.entries().get(1);
      findings.error(
          FlowError.NOT_ONE_CONNECTOR,
          second.place(),
          name + " names a second connector, '" + second.key() + "'",
          "A flow has one " + name + "; write another flow for the other one.");
    }
  }

  private String unknownConnector(String name, String direction) {
    boolean exists =
        tree.connectors().stream().anyMatch(known -> known.name().equalsIgnoreCase(name));
    return exists
        ? "connector '" + name + "' has no " + direction
        : "unknown connector '" + name + "'";
  }

  /** Whether some unknown connector's name is the name of a connector's option. */
  private boolean holdsOptions(List<Entry> unknown, Map<String, JsonNode> known) {
    List<String> options = new ArrayList<>();
    known.values().forEach(schema -> options.addAll(properties(tree.resolve(schema)).keySet()));
    return unknown.stream().anyMatch(key -> options.stream().anyMatch(key.key()::equalsIgnoreCase));
  }

  private static Map<String, JsonNode> properties(JsonNode schema) {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    schema
        .path("properties")
        .properties()
        .forEach(property -> properties.put(property.getKey(), property.getValue()));
    return properties;
  }
}
