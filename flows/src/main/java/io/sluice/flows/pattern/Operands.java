package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.finding.Findings;
import java.util.List;
import java.util.Optional;

/** What operators take, read and checked. Every problem is reported and leaves an empty answer. */
final class Operands {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Findings findings;

  Operands(Findings findings) {
    this.findings = findings;
  }

  /** An operator in event-ruler's form. */
  static Optional<JsonNode> operator(String name, JsonNode operand) {
    return Optional.of(NODES.objectNode().set(name, operand));
  }

  /** The operand of an operator that takes text. */
  Optional<String> text(Entry operator) {
    if (operator.value() instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
      return Optional.of(scalar.text());
    }
    String name = operator.key();
    bad(
        operator.value(),
        "'" + name + "' takes text, but this is " + operator.value().kindInWords(),
        "Write { " + name + ": \"…\" }.");
    return Optional.empty();
  }

  /** The operand of an operator that takes a wildcard. */
  Optional<JsonNode> wildcard(Entry operator) {
    return text(operator)
        .flatMap(
            text ->
                Wildcards.problem(text)
                    .map(problem -> bad(operator.value(), problem, Wildcards.REMEDY))
                    .orElseGet(() -> Optional.of(NODES.textNode(text))));
  }

  /** Reports a value that a field never has, as it is always text. */
  Optional<JsonNode> neverText(Scalar scalar, List<String> path) {
    String given =
        switch (scalar.kind()) {
          case NULL -> "null";
          case NUMBER -> "a number";
          default -> "true or false";
        };
    return bad(
        scalar,
        "'" + String.join(".", path) + "' is always text and never " + given,
        scalar.isNull()
            ? "Write { exists: false } for a field that is missing."
            : "Put the value in quotes.");
  }

  /** Reports a problem. */
  Optional<JsonNode> bad(Node node, String message, String suggestion) {
    findings.error(FlowError.BAD_PATTERN, node.place(), message, suggestion);
    return Optional.empty();
  }

  /** Reports a name that is none of the known operators. */
  Optional<JsonNode> badName(Entry operator, String message, String suggestion) {
    findings.error(FlowError.BAD_PATTERN, operator.place(), message, suggestion);
    return Optional.empty();
  }
}
