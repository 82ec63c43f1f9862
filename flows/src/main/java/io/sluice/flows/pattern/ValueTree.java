package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rules that ask for values of a single field, in a tree of the fields' keys: found in one walk
 * over the event, whatever their number, where event-ruler's machines grow with them until a walk
 * waits for memory at each character. Answers as a machine does: looks through lists, and counts
 * keys with dots as levels. Built by one thread; once built, not changed, and used by any.
 */
final class ValueTree {
  private static final String DOT = ".";

  private final Map<String, ValueTree> parts = new HashMap<>();
  private Optional<ValueIndex> index = Optional.empty();

  /**
   * @param combinations that it {@link #takes}
   */
  static ValueTree of(List<RuleCombination> combinations) {
    ValueTree tree = new ValueTree();
    combinations.stream()
        .collect(Collectors.groupingBy(ValueTree::field))
        .forEach((field, rules) -> tree.grow(field).index = Optional.of(new ValueIndex(rules)));
    return tree;
  }

  private static String field(RuleCombination rule) {
    return rule.combination().conditions().keySet().iterator().next();
  }

  private ValueTree grow(String name) {
    ValueTree tree = this;
    for (String key : keys(name)) {
      tree = tree.parts.computeIfAbsent(key, absent -> new ValueTree());
    }
    return tree;
  }

  /** Whether a combination asks for nothing but values of a single field. */
  static boolean takes(Combination combination) {
    // In names with empty keys, event-ruler does not find every field.
    return combination.kinds().entrySet().stream()
            .allMatch(
                field ->
                    field.getValue() == ConditionKind.VALUE && !keys(field.getKey()).contains(""))
        && combination.conditions().size() == 1;
  }

  private static List<String> keys(String name) {
    return Arrays.asList(name.split("\\.", -1));
  }

  /** Adds the numbers of the rules that match an event, or the part of one that stands here. */
  void match(JsonNode event, Collection<Integer> matching) {
    if (event instanceof ObjectNode block) {
      for (Map.Entry<String, JsonNode> property : block.properties()) {
        part(property.getKey()).ifPresent(part -> part.match(property.getValue(), matching));
      }
    } else if (event instanceof ArrayNode list) {
      for (JsonNode item : list) {
        match(item, matching);
      }
    } else {
      index.ifPresent(values -> values.match(event, matching));
    }
  }

  private Optional<ValueTree> part(String key) {
    Optional<ValueTree> part = Optional.ofNullable(parts.get(key));
    if (part.isPresent() || !key.contains(DOT)) {
      return part;
    }
    Optional<ValueTree> tree = Optional.of(this);
    for (String step : keys(key)) {
      tree = tree.flatMap(above -> Optional.ofNullable(above.parts.get(step)));
    }
    return tree;
  }
}
