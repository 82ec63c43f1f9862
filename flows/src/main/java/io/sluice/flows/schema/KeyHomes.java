package io.sluice.flows.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.NodePath;
import java.util.ArrayList;
import java.util.List;

/** The blocks of a document in which a misplaced key would be at home. */
final class KeyHomes {
  private final SchemaTree tree;
  private final DocumentKind kind;
  private final Mapping root;

  KeyHomes(SchemaTree tree, DocumentKind kind, Mapping root) {
    this.tree = tree;
    this.kind = kind;
    this.root = root;
  }

  /** Their names in quotes; connectors that the document does not use are left out. */
  List<String> of(String key) {
    List<String> homes = new ArrayList<>();
    search(NodePath.ROOT, key, homes);
    return homes;
  }

  private void search(NodePath path, String key, List<String> homes) {
    JsonNode schema = tree.at(kind, path);
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              NodePath below = path.then(property.getKey());
              if (property.getKey().equalsIgnoreCase(key)) {
                homes.add(path.steps().isEmpty() ? "this " + kind.text() : "'" + path + "'");
              }
              boolean unusedConnector =
                  ConnectorPlaces.contains(kind, path) && below.in(root).isEmpty();
              if (!unusedConnector) {
                search(below, key, homes);
              }
            });
  }
}
