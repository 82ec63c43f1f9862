package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Changes the values of one field in a body, through lists, as event-ruler finds them: keys with
 * dots count as levels.
 */
final class FieldPlaces {
  private FieldPlaces() {}

  /**
   * @param name keys with dots between them
   */
  static void change(JsonNode body, String name, UnaryOperator<JsonNode> change) {
    if (body instanceof ArrayNode array) {
      array.forEach(item -> change(item, name, change));
    } else if (body instanceof ObjectNode object) {
      List<Map.Entry<String, JsonNode>> properties = new ArrayList<>(object.properties());
      for (Map.Entry<String, JsonNode> property : properties) {
        String key = property.getKey();
        if (name.equals(key)) {
          object.set(key, change.apply(property.getValue()));
        } else if (name.startsWith(key + ".")) {
          change(property.getValue(), name.substring(key.length() + 1), change);
        }
      }
    }
  }

  /**
   * The values of a field, through lists.
   *
   * @param name keys with dots between them
   */
  static List<JsonNode> values(JsonNode event, String name) {
    List<JsonNode> values = new ArrayList<>();
    if (event instanceof ArrayNode array) {
      array.forEach(item -> values.addAll(values(item, name)));
    } else if (event instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> property : object.properties()) {
        String key = property.getKey();
        if (name.equals(key)) {
          values.add(property.getValue());
        } else if (name.startsWith(key + ".")) {
          values.addAll(values(property.getValue(), name.substring(key.length() + 1)));
        }
      }
    }
    return values;
  }

  /**
   * A value that {@code exists} sees: event-ruler looks at single values only, and takes an object
   * or an empty list for missing.
   */
  static JsonNode visible(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object.arrayNode().addNull().add(object);
    }
    if (value instanceof ArrayNode array) {
      // Where there is a single value, a null beside it would only be seen by other conditions.
      boolean visible = array.valueStream().anyMatch(JsonNode::isValueNode);
      return visible ? array : array.deepCopy().addNull();
    }
    return value;
  }
}
