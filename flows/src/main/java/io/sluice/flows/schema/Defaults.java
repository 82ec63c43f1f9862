package io.sluice.flows.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Fills in what a block does not say. */
final class Defaults {
  private final SchemaTree tree;

  Defaults(SchemaTree tree) {
    this.tree = tree;
  }

  /** Adds the default of every key that is not given, also in blocks within the block. */
  void fill(ObjectNode block, JsonNode schema) {
    tree.resolve(schema)
        .path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode propertySchema = tree.resolve(property.getValue());
              JsonNode value = block.get(property.getKey());
              if (value == null && propertySchema.has("default")) {
                value = propertySchema.path("default").deepCopy();
                block.set(property.getKey(), value);
              }
              fillWithin(value, propertySchema);
            });
  }

  private void fillWithin(@Nullable JsonNode value, JsonNode schema) {
    if (value instanceof ObjectNode inner) {
      fill(inner, schema);
    } else if (value != null && value.isArray()) {
      for (JsonNode item : value) {
        fillWithin(item, tree.resolve(schema.path("items")));
      }
    }
  }
}
