package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.event.EventShape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code anything-but}: values, or another operator that must not match. */
final class AnythingButCondition {
  private static final String EXAMPLE = "Write { anything-but: [ \"a\", \"b\" ] }.";

  private final EventShape shape;
  private final Operands operands;

  AnythingButCondition(EventShape shape, Operands operands) {
    this.shape = shape;
    this.operands = operands;
  }

  /** The condition in event-ruler's form; empty, and reported, if it cannot be understood. */
  Optional<JsonNode> read(Entry operator, List<String> path) {
    Optional<JsonNode> operand =
        operator.value() instanceof Mapping mapping
            ? negated(mapping)
            : values(operator.value(), path);
    return operand.flatMap(value -> Operands.operator(operator.key(), value));
  }

  private Optional<JsonNode> values(Node list, List<String> path) {
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    Set<Kind> kinds = new HashSet<>();
    for (Node item : items(list)) {
      Optional<JsonNode> value = value(item, path);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      kinds.add(((Scalar) item).kind());
      values.add(value.get());
    }
    if (kinds.isEmpty()) {
      return operands.bad(list, "'anything-but' has an empty list", EXAMPLE);
    }
    return kinds.size() == 1
        ? Optional.of(values)
        : operands.bad(
            list, "'anything-but' mixes texts and numbers", "List texts only or numbers only.");
  }

  private Optional<JsonNode> value(Node item, List<String> path) {
    if (!(item instanceof Scalar scalar)
        || scalar.kind() != Kind.TEXT && scalar.kind() != Kind.NUMBER) {
      return operands.bad(
          item,
          "'anything-but' takes texts or numbers, but this is " + item.kindInWords(),
          EXAMPLE);
    }
    if (scalar.kind() == Kind.NUMBER && shape.isText(path)) {
      return operands.neverText(scalar, path);
    }
    return scalar.kind() == Kind.TEXT || NumericCondition.isComparable(scalar.text())
        ? Optional.of(JsonTree.of(scalar))
        : operands.bad(
            scalar,
            "'anything-but' cannot compare with this number exactly; it has too many digits",
            "Use a number of at most 15 digits.");
  }

  private Optional<JsonNode> negated(Mapping mapping) {
    if (mapping.entries().size() != 1) {
      return operands.bad(
          mapping, "'anything-but' takes one operator", "Write { anything-but: { prefix: … } }.");
    }
    Entry inner = mapping.entries().get(0);
    if (!Operators.NEGATABLE.contains(inner.key())) {
      return operands.badName(
          inner,
          "'anything-but' does not combine with '" + inner.key() + "'",
          Operators.NEGATABLE.suggestion(inner.key(), "It combines with"));
    }
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    for (Node item : items(inner.value())) {
      Optional<JsonNode> value = negatedText(new Entry(inner.key(), inner.place(), item));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return values.isEmpty()
        ? operands.bad(inner.value(), "'" + inner.key() + "' has an empty list", "List some texts.")
        : Operands.operator(
            inner.key().equals(Operators.CONTAINS) ? Operators.WILDCARD : inner.key(), values);
  }

  private Optional<JsonNode> negatedText(Entry operator) {
    if (operator.key().equals(Operators.WILDCARD)) {
      return operands.wildcard(operator);
    }
    return operands
        .text(operator)
        .flatMap(
            text ->
                text.isEmpty()
                    ? operands.bad(
                        operator.value(),
                        "'" + operator.key() + "' takes a text that is not empty",
                        "Give it some text.")
                    : Optional.of(
                        JsonNodeFactory.instance.textNode(
                            operator.key().equals(Operators.CONTAINS)
                                ? Wildcards.containing(text)
                                : text)));
  }

  private static List<Node> items(Node node) {
    return node instanceof Sequence sequence ? sequence.items() : List.of(node);
  }
}
