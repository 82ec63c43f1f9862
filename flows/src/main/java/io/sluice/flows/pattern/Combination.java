package io.sluice.flows.pattern;

import io.sluice.flows.event.EventShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.event.ruler.Patterns;

/**
 * Conditions by field, of which each field needs one to hold: of one kind for each field. A pattern
 * is written out into such combinations, and matches what any of them matches.
 *
 * @param conditions by the name of the field, its keys with dots between them
 */
record Combination(Map<String, List<Patterns>> conditions) {
  private static final String IN_DATA = EventShape.DATA + ".";
  private static final String IN_BODY = IN_DATA + EventShape.BODY + ".";

  Combination {
    conditions = Map.copyOf(conditions);
  }

  /** A pattern of more than {@link Alternatives#MOST} combinations. */
  static final class TooManyException extends RuntimeException {}

  /**
   * All combinations of a pattern.
   *
   * @param alternatives as event-ruler reads the pattern, of which any is to match
   */
  static List<Combination> of(List<Map<String, List<Patterns>>> alternatives) {
    List<Combination> combinations = new ArrayList<>();
    for (Map<String, List<Patterns>> alternative : alternatives) {
      for (Map<String, List<Patterns>> part : split(alternative)) {
        combinations.add(new Combination(part));
        if (combinations.size() > Alternatives.MOST) {
          throw new TooManyException();
        }
      }
    }
    return combinations;
  }

  private static List<Map<String, List<Patterns>>> split(Map<String, List<Patterns>> alternative) {
    List<Map<String, List<Patterns>>> parts = List.of(alternative);
    for (Map.Entry<String, List<Patterns>> field : alternative.entrySet()) {
      Map<ConditionKind, List<Patterns>> kinds =
          field.getValue().stream()
              .collect(Collectors.groupingBy(ConditionKind::of, TreeMap::new, Collectors.toList()));
      if (kinds.size() > 1) {
        List<Map<String, List<Patterns>>> longer = new ArrayList<>();
        for (Map<String, List<Patterns>> part : parts) {
          for (List<Patterns> kind : kinds.values()) {
            Map<String, List<Patterns>> copy = new HashMap<>(part);
            copy.put(field.getKey(), kind);
            longer.add(copy);
          }
        }
        if (longer.size() > Alternatives.MOST) {
          throw new TooManyException();
        }
        parts = longer;
      }
    }
    return parts;
  }

  /** The kind of each field's conditions. */
  Map<String, ConditionKind> kinds() {
    return conditions.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, field -> ConditionKind.of(field.getValue().get(0))));
  }

  /** What it needs the body for. */
  BodyView body() {
    Set<String> fields = conditions.keySet();
    return BodyView.of(
        fields.contains(EventShape.DATA + "." + EventShape.BODY),
        fields.stream().anyMatch(Combination::isInBody));
  }

  /** Whether a field is a part of a body that is read as JSON. */
  static boolean isInBody(String field) {
    return field.startsWith(IN_BODY);
  }

  /** Whether a field is a part of the data of an event that a record carries. */
  static boolean isInData(String field) {
    return field.startsWith(IN_DATA);
  }
}
