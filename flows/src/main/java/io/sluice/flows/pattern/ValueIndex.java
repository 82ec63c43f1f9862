package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.event.ruler.MatchType;
import software.amazon.event.ruler.Patterns;
import software.amazon.event.ruler.ValuePatterns;

/**
 * Rules by a value of one field, or by how it begins. Texts have quotes around them, as event-ruler
 * keeps them, so that {@code null} is not {@code "null"}. Immutable and thread-safe.
 */
final class ValueIndex {
  private static final char QUOTE = '"';

  private final TextTable values;
  private final TextTable beginnings;

  /** By event-ruler's form of a number, which is the same for {@code 300} and {@code 3.0e2}. */
  private final TextTable numbers;

  /**
   * @param rules with conditions of {@link ConditionKind#VALUE}, all for this field
   */
  ValueIndex(List<RuleCombination> rules) {
    values = table(rules, MatchType.EXACT);
    beginnings = table(rules, MatchType.PREFIX);
    numbers = table(rules, MatchType.NUMERIC_EQ);
  }

  private static TextTable table(List<RuleCombination> rules, MatchType type) {
    Map<String, List<Integer>> rulesByText = new HashMap<>();
    for (RuleCombination rule : rules) {
      rule.combination().conditions().values().stream()
          .flatMap(List::stream)
          .filter(condition -> condition.type() == type)
          .map(condition -> ((ValuePatterns) condition).pattern())
          .forEach(
              text -> rulesByText.computeIfAbsent(text, t -> new ArrayList<>()).add(rule.rule()));
    }
    return new TextTable(rulesByText);
  }

  /**
   * Adds the rules that ask for a value.
   *
   * @param value neither a list nor a block
   */
  void match(JsonNode value, Collection<Integer> matching) {
    if (value.isTextual()) {
      String quoted = QUOTE + value.textValue() + QUOTE;
      values.match(quoted, matching);
      beginnings.matchBeginnings(quoted, matching);
    } else {
      Optional<String> number =
          value.isNumber() && !numbers.isEmpty() ? comparable(value) : Optional.empty();
      if (number.isPresent()) {
        numbers.match(number.get(), matching);
      } else {
        values.match(value.asText(), matching);
      }
    }
  }

  /** A number in the form that conditions have; empty if event-ruler compares it as a text. */
  private static Optional<String> comparable(JsonNode number) {
    try {
      return Optional.of(Patterns.numericEquals(number.asText()).pattern());
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
