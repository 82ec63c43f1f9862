package io.sluice.flows.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a schema says, in plain words. */
final class SchemaWords {
  private SchemaWords() {}

  /** The types that a value may have, by their names in JSON Schema; empty if any. */
  static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isTextual() ? List.of(type.asText()) : texts(type);
  }

  /** {@code a whole number or text}. */
  static String typesInWords(JsonNode schema) {
    return types(schema).stream().map(SchemaWords::inWords).collect(Collectors.joining(" or "));
  }

  private static String inWords(String type) {
    return switch (type) {
      case "object" -> "a block of keys";
      case "array" -> "a list";
      case "string" -> "text";
      case "integer" -> "a whole number";
      case "boolean" -> "true or false";
      case "null" -> "empty";
      default -> "a " + type;
    };
  }

  /** The values that a schema lists. */
  static List<String> values(JsonNode schema) {
    JsonNode constant = schema.path("const");
    return constant.isMissingNode() ? texts(schema.path("enum")) : List.of(constant.asText());
  }

  /** {@code between 1 and 1024}, {@code at least 1}, {@code at most 9}; empty if not limited. */
  static Optional<String> range(JsonNode schema, String least, String most) {
    boolean hasLeast = schema.has(least);
    boolean hasMost = schema.has(most);
    if (hasLeast && hasMost) {
      return Optional.of(
          "between " + schema.path(least).asText() + " and " + schema.path(most).asText());
    }
    if (hasLeast) {
      return Optional.of("at least " + schema.path(least).asText());
    }
    return hasMost ? Optional.of("at most " + schema.path(most).asText()) : Optional.empty();
  }

  /** The description, and an example if there is one. */
  static String description(JsonNode schema) {
    List<String> sentences = new ArrayList<>();
    if (schema.hasNonNull("description")) {
      sentences.add(schema.path("description").asText());
    }
    JsonNode example = schema.path("examples").path(0);
    if (example.isValueNode() && !example.isMissingNode()) {
      sentences.add("For example: " + example.asText());
    }
    return String.join(" ", sentences);
  }

  /** Whether the value must not be shown (I9). */
  static boolean isSecret(JsonNode schema) {
    return schema.path("writeOnly").asBoolean();
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
