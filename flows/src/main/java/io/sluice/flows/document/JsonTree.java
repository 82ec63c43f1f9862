package io.sluice.flows.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;

/** Documents as Jackson's trees, for the libraries that work on these. */
public final class JsonTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonTree() {}

  public static JsonNode of(Node node) {
    return of(node, JsonTree::value);
  }

  /** The same with what the file says in place of what placeholders stand for (I9). */
  public static JsonNode shown(Node node) {
    return of(
        node,
        scalar -> scalar.written().<JsonNode>map(NODES::textNode).orElseGet(() -> value(scalar)));
  }

  private static JsonNode of(Node node, Function<Scalar, JsonNode> values) {
    if (node instanceof Mapping mapping) {
      ObjectNode object = NODES.objectNode();
      mapping.entries().forEach(entry -> object.set(entry.key(), of(entry.value(), values)));
      return object;
    }
    if (node instanceof Sequence sequence) {
      ArrayNode array = NODES.arrayNode();
      sequence.items().forEach(item -> array.add(of(item, values)));
      return array;
    }
    return values.apply((Scalar) node);
  }

  private static JsonNode value(Scalar scalar) {
    return switch (scalar.kind()) {
      case TEXT -> NODES.textNode(scalar.text());
      case NUMBER -> number(scalar.text());
      case BOOLEAN -> NODES.booleanNode(Boolean.parseBoolean(scalar.text()));
      case NULL -> NODES.nullNode();
    };
  }

  private static JsonNode number(String text) {
    if (!Scalars.isInteger(text)) {
      return NODES.numberNode(new BigDecimal(text));
    }
    BigInteger number = new BigInteger(text);
    if (number.bitLength() < Integer.SIZE) {
      return NODES.numberNode(number.intValue());
    }
    return number.bitLength() < Long.SIZE
        ? NODES.numberNode(number.longValue())
        : NODES.numberNode(number);
  }
}
