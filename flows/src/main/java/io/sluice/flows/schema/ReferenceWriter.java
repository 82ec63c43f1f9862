package io.sluice.flows.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.document.NodePath;
import io.sluice.sdk.connector.Connector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the reference of flow files: one table per kind of document, connector and direction. */
final class ReferenceWriter {
  private final SchemaTree tree;
  private final StringBuilder text = new StringBuilder();

  ReferenceWriter(SchemaTree tree) {
    this.tree = tree;
  }

  String write() {
    text.append("# Flow reference\n\n");
    text.append("A flow file is YAML or JSON and holds any number of documents. ");
    text.append("Keys and listed values are matched without regard to case. ");
    text.append("A key without a value counts as not given.\n\n");
    text.append("Values may hold `${env:NAME}`, `${env:NAME:-default}` and `${file:PATH}`; ");
    text.append("`$${` stands for a literal `${`.\n");
    for (DocumentKind kind : DocumentKind.values()) {
      section("## kind: " + kind.text(), tree.kind(kind));
    }
    text.append(SchemaResource.text("filter-pattern.md"));
    for (Connector connector : tree.connectors()) {
      text.append("\n## Connector `").append(connector.name()).append("`\n\n");
      text.append(connector.summary()).append('\n');
      for (String direction : List.of(SchemaTree.SOURCE, SchemaTree.SINK)) {
        JsonNode definition = tree.whole().path("$defs").path(direction + "." + connector.name());
        if (definition.isObject()) {
          section("### " + direction + ": `" + connector.name() + "`", definition);
        }
      }
    }
    return text.toString();
  }

  private void section(String heading, JsonNode schema) {
    text.append('\n').append(heading).append("\n\n");
    text.append(schema.path("description").asText()).append("\n\n");
    text.append("| key | value | default | description |\n");
    text.append("|---|---|---|---|\n");
    rows("", schema);
  }

  private void rows(String prefix, JsonNode block) {
    List<String> required = SchemaWords.texts(block.path("required"));
    block
        .path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode schema = tree.resolve(property.getValue());
              String key = prefix + property.getKey();
              row(key, required.contains(property.getKey()), schema);
              boolean shown =
                  SchemaTree.isOfFlows(property.getValue().path("$ref").asText())
                      || ConnectorPlaces.contains(
                          DocumentKind.EVENT_FLOW, NodePath.of(key.split("\\.")));
              if (!shown) {
                rows(key + ".", schema);
                rows(key + "[].", tree.resolve(schema.path("items")));
              }
            });
  }

  private void row(String key, boolean required, JsonNode schema) {
    String fallback =
        required
            ? "**required**"
            : schema.has("default") ? "`" + plain(schema.path("default")) + "`" : "";
    text.append("| `").append(key).append("` | ");
    text.append(escape(values(schema))).append(" | ");
    text.append(escape(fallback)).append(" | ");
    text.append(escape(schema.path("description").asText())).append(" |\n");
  }

  private static String values(JsonNode schema) {
    List<String> values = SchemaWords.values(schema);
    if (!values.isEmpty()) {
      return values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    }
    List<String> parts = new ArrayList<>();
    parts.add(SchemaWords.typesInWords(schema));
    SchemaWords.range(schema, "minimum", "maximum").ifPresent(parts::add);
    return String.join(", ", parts);
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }

  private static String escape(String cell) {
    return cell.replace("|", "\\|");
  }
}
