package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
   * A value that {@code exists} sees: event-ruler looks at single values only, and takes an object
   * or an empty list for missing.
   */
  static JsonNode visible(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object.arrayNode().addNull().add(object);
    }
    return value instanceof ArrayNode array ? array.deepCopy().addNull() : value;
  }

  /** A value without false IP addresses, see {@link Networks}. */
  static JsonNode withoutFalseAddresses(JsonNode value) {
    if (value instanceof ArrayNode array) {
      ArrayNode changed = array.arrayNode();
      array.forEach(item -> changed.add(withoutFalseAddresses(item)));
      return changed;
    }
    return value.isTextual() ? TextNode.valueOf(defused(value.asText())) : value;
  }

  /** A text that is no longer taken for an address. */
  static String defused(String text) {
    return Networks.isFalseAddress(text) ? text + " " : text;
  }
}
