package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.document.Scalars;
import io.sluice.flows.finding.Findings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code numeric}: one comparison, or a lower and an upper limit. */
final class NumericCondition {
  private static final String FORMS =
      "Write { numeric: [ \">\", 100 ] } or { numeric: [ \">\", 0, \"<=\", 5 ] }.";

  private final Findings findings;

  NumericCondition(Findings findings) {
    this.findings = findings;
  }

  /**
   * Operands in event-ruler's form, of which any is to match; empty, and reported, if it cannot be
   * understood.
   */
  List<JsonNode> read(Node operand) {
    List<JsonNode> read = comparisons(operand).stream().toList();
    return read.isEmpty() || !read.get(0).path(0).asText().equals(Operators.NOT_EQUAL)
        ? read
        : List.of(comparison("<", read.get(0).path(1)), comparison(">", read.get(0).path(1)));
  }

  private static JsonNode comparison(String name, JsonNode limit) {
    return JsonNodeFactory.instance.arrayNode().add(name).add(limit);
  }

  private Optional<JsonNode> comparisons(Node operand) {
    List<Node> items = operand instanceof Sequence list ? list.items() : List.of();
    if (items.size() != 2 && items.size() != 4) {
      return bad(operand, "'numeric' takes a list of one or two comparisons");
    }
    ArrayNode rule = JsonNodeFactory.instance.arrayNode();
    List<BigDecimal> limits = new ArrayList<>();
    for (int index = 0; index < items.size(); index += 2) {
      Node comparison = items.get(index);
      if (!(comparison instanceof Scalar name) || !Operators.COMPARISONS.contains(name.text())) {
        return bad(
            comparison,
            "'numeric' compares with one of " + String.join(" ", Operators.COMPARISONS));
      }
      Optional<BigDecimal> limit = number(items.get(index + 1));
      if (limit.isEmpty()) {
        return Optional.empty();
      }
      limits.add(limit.get());
      rule.add(name.text()).add(limit.get());
    }
    return items.size() == 2 ? Optional.of(rule) : range(operand, items, limits, rule);
  }

  private Optional<JsonNode> range(
      Node operand, List<Node> items, List<BigDecimal> limits, ArrayNode rule) {
    boolean fromBelow = ((Scalar) items.get(0)).text().startsWith(">");
    boolean toAbove = ((Scalar) items.get(2)).text().startsWith("<");
    if (!fromBelow || !toAbove) {
      return bad(operand, "a range begins with '>' or '>=' and ends with '<' or '<='");
    }
    if (limits.get(0).compareTo(limits.get(1)) >= 0) {
      return bad(operand, "the lower limit of the range is not below the upper one");
    }
    return Optional.of(rule);
  }

  private Optional<BigDecimal> number(Node node) {
    boolean number =
        node instanceof Scalar scalar
            && (scalar.kind() == Kind.NUMBER
                || scalar.written().isPresent() && Scalars.isNumber(scalar.text()));
    if (!number) {
      bad(node, "'numeric' compares with a number, but this is " + node.kindInWords());
      return Optional.empty();
    }
    String text = ((Scalar) node).text();
    if (!isComparable(text)) {
      bad(node, "'numeric' cannot compare with this number exactly; it has too many digits");
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(text));
  }

  /** Whether a number is exactly one of IEEE 754's doubles, as event-ruler demands. */
  static boolean isComparable(String text) {
    BigDecimal number = new BigDecimal(text);
    double nearest = number.doubleValue();
    return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(number) == 0;
  }

  private Optional<JsonNode> bad(Node node, String message) {
    findings.error(FlowError.BAD_PATTERN, node.place(), message, FORMS);
    return Optional.empty();
  }
}
