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
 * The machines of event-ruler that together match a pattern: one, unless a field has conditions of
 * several types side by side. In one machine these run into each other: {@code *b*} beside {@code {
 * equals-ignore-case: "a" }} or a suffix matches texts of which neither is true, and an empty text
 * beside a range and a prefix is not found in an array that holds one. Such patterns are written
 * out into one machine for each combination. Immutable and thread-safe.
 */
final class Machines {
  private static final String RULE = "flow";

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

  /** Conditions that may share a machine: those of one type, and all that ignore case. */
  private static MatchType kind(Patterns condition) {
    return switch (condition.type()) {
      case PREFIX_EQUALS_IGNORE_CASE, SUFFIX_EQUALS_IGNORE_CASE, ANYTHING_BUT_IGNORE_CASE ->
          MatchType.EQUALS_IGNORE_CASE;
      default -> condition.type();
    };
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
  private static boolean isMixed(Set<MatchType> kinds) {
    return kinds.size() > 1 || kinds.contains(MatchType.ANYTHING_BUT_WILDCARD);
  }

  private static Map<MatchType, List<Patterns>> byKind(
      List<Map<String, List<Patterns>>> alternatives, String field) {
    return alternatives.stream()
        .flatMap(alternative -> alternative.getOrDefault(field, List.of()).stream())
        .collect(Collectors.groupingBy(Machines::kind));
  }

  private static List<Map<String, List<Patterns>>> split(
      Map<String, List<Patterns>> alternative, Set<String> fields) {
    List<Map<String, List<Patterns>>> parts = List.of(alternative);
    for (String field : fields) {
      Map<MatchType, List<Patterns>> kinds = byKind(List.of(alternative), field);
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
