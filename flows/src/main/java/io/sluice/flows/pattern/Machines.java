package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MatchType;
import software.amazon.event.ruler.Patterns;

/**
 * The machines of event-ruler that together match a pattern: one, unless a field has wildcards,
 * conditions that ignore case and others side by side. In one machine these run into each other, so
 * that {@code *b*} beside {@code { equals-ignore-case: "a" }} or a suffix matches texts of which
 * neither is true. Such patterns are written out into one machine for each combination. Immutable
 * and thread-safe.
 */
final class Machines {
  private static final String RULE = "flow";

  /** Conditions that may share a machine. */
  private enum Kind {
    WILDCARD,
    NEGATED_WILDCARD,
    IGNORING_CASE,
    OTHER;

    private static Kind of(MatchType type) {
      return switch (type) {
        case WILDCARD -> WILDCARD;
        case ANYTHING_BUT_WILDCARD -> NEGATED_WILDCARD;
        case EQUALS_IGNORE_CASE,
            PREFIX_EQUALS_IGNORE_CASE,
            SUFFIX_EQUALS_IGNORE_CASE,
            ANYTHING_BUT_IGNORE_CASE ->
            IGNORING_CASE;
        default -> OTHER;
      };
    }
  }

  private final List<Machine> machines;

  private Machines(List<Machine> machines) {
    this.machines = List.copyOf(machines);
  }

  /** A pattern whose combinations are more than {@link Alternatives#MOST}. */
  static final class TooManyException extends RuntimeException {}

  /**
   * @param alternatives of which any is to match, each with lists of conditions by field
   * @throws TooManyException if they take too many machines
   * @throws RuntimeException if event-ruler does not accept them
   */
  static Machines of(List<Map<String, List<Patterns>>> alternatives) {
    Set<String> mixed =
        alternatives.stream()
            .flatMap(alternative -> alternative.keySet().stream())
            .filter(field -> isMixed(byKind(alternatives, field).keySet()))
            .collect(Collectors.toSet());
    if (mixed.isEmpty()) {
      return new Machines(List.of(machine(alternatives)));
    }
    List<Machine> machines = new ArrayList<>();
    for (Map<String, List<Patterns>> alternative : alternatives) {
      for (Map<String, List<Patterns>> part : split(alternative, mixed)) {
        machines.add(machine(List.of(part)));
        if (machines.size() > Alternatives.MOST) {
          throw new TooManyException();
        }
      }
    }
    return new Machines(machines);
  }

  boolean match(JsonNode event) {
    for (Machine machine : machines) {
      if (!machine.rulesForJSONEvent(event).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** A negated wildcard is not even to be added twice, as alternatives of other fields would. */
  private static boolean isMixed(Set<Kind> kinds) {
    return kinds.size() > 1 || kinds.contains(Kind.NEGATED_WILDCARD);
  }

  private static Map<Kind, List<Patterns>> byKind(
      List<Map<String, List<Patterns>>> alternatives, String field) {
    return alternatives.stream()
        .flatMap(alternative -> alternative.getOrDefault(field, List.of()).stream())
        .collect(Collectors.groupingBy(condition -> Kind.of(condition.type())));
  }

  private static List<Map<String, List<Patterns>>> split(
      Map<String, List<Patterns>> alternative, Set<String> fields) {
    List<Map<String, List<Patterns>>> parts = List.of(alternative);
    for (String field : fields) {
      Map<Kind, List<Patterns>> kinds = byKind(List.of(alternative), field);
      if (kinds.size() > 1) {
        List<Map<String, List<Patterns>>> longer = new ArrayList<>();
        for (Map<String, List<Patterns>> part : parts) {
          for (List<Patterns> kind : kinds.values()) {
            Map<String, List<Patterns>> copy = new HashMap<>(part);
            copy.put(field, kind);
            longer.add(copy);
          }
        }
        parts = longer;
      }
    }
    return parts;
  }

  private static Machine machine(List<Map<String, List<Patterns>>> alternatives) {
    Machine machine = Machine.builder().build();
    alternatives.forEach(alternative -> machine.addPatternRule(RULE, alternative));
    return machine;
  }
}
