package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MatchType;
import software.amazon.event.ruler.Patterns;
import software.amazon.event.ruler.ValuePatterns;

/**
 * The machines of event-ruler that together match a pattern: one, unless a field has conditions of
 * several types side by side. In one machine these run into each other: {@code *b*} beside {@code {
 * equals-ignore-case: "a" }} or a suffix matches texts of which neither is true, and an empty text
 * beside a range and a prefix is not found in an array that holds one. Such patterns are written
 * out into one machine for each combination. Immutable and thread-safe.
 */
final class Machines {
  private static final String RULE = "flow";
  private static final String ADDRESS = "ADDRESS";

  private final List<Part> parts;

  private Machines(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * One machine.
   *
   * @param addresses fields of which it sees addresses only, see {@link Addresses}
   */
  private record Part(Machine machine, Set<String> addresses) {

    static Part of(List<Map<String, List<Patterns>>> alternatives) {
      Machine machine = Machine.builder().build();
      alternatives.forEach(alternative -> machine.addPatternRule(RULE, alternative));
      Set<String> addresses =
          fields(alternatives)
              .filter(field -> byKind(alternatives, field).containsKey(ADDRESS))
              .collect(Collectors.toSet());
      return new Part(machine, addresses);
    }

    boolean matches(JsonNode event) {
      JsonNode seen = addresses.isEmpty() ? event : event.deepCopy();
      addresses.forEach(field -> FieldPlaces.change(seen, field, Addresses::marked));
      return !machine.rulesForJSONEvent(seen).isEmpty();
    }
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
        fields(alternatives)
            .filter(field -> isMixed(byKind(alternatives, field).keySet()))
            .collect(Collectors.toSet());
    if (mixed.isEmpty()) {
      return new Machines(List.of(Part.of(alternatives)));
    }
    List<Part> machines = new ArrayList<>();
    for (Map<String, List<Patterns>> alternative : alternatives) {
      for (Map<String, List<Patterns>> part : split(alternative, mixed)) {
        machines.add(Part.of(List.of(part)));
        if (machines.size() > Alternatives.MOST) {
          throw new TooManyException();
        }
      }
    }
    return new Machines(machines);
  }

  private static Stream<String> fields(List<Map<String, List<Patterns>>> alternatives) {
    return alternatives.stream().flatMap(alternative -> alternative.keySet().stream()).distinct();
  }

  /**
   * Conditions that may share a machine: those of one type, and all that ignore case. Addresses
   * have theirs to themselves.
   */
  private static String kind(Patterns condition) {
    return switch (condition.type()) {
      case PREFIX_EQUALS_IGNORE_CASE, SUFFIX_EQUALS_IGNORE_CASE, ANYTHING_BUT_IGNORE_CASE ->
          MatchType.EQUALS_IGNORE_CASE.name();
      case PREFIX -> isAddress((ValuePatterns) condition) ? ADDRESS : MatchType.PREFIX.name();
      default -> condition.type().name();
    };
  }

  /** event-ruler keeps texts with the quote that they begin with. */
  private static boolean isAddress(ValuePatterns prefix) {
    return Addresses.isPrefix(prefix.pattern().substring(1));
  }

  boolean match(JsonNode event) {
    for (Part part : parts) {
      if (part.matches(event)) {
        return true;
      }
    }
    return false;
  }

  /** A negated wildcard is not even to be added twice, as alternatives of other fields would. */
  private static boolean isMixed(Set<String> kinds) {
    return kinds.size() > 1 || kinds.contains(MatchType.ANYTHING_BUT_WILDCARD.name());
  }

  private static Map<String, List<Patterns>> byKind(
      List<Map<String, List<Patterns>>> alternatives, String field) {
    return alternatives.stream()
        .flatMap(alternative -> alternative.getOrDefault(field, List.of()).stream())
        .collect(Collectors.groupingBy(Machines::kind));
  }

  private static List<Map<String, List<Patterns>>> split(
      Map<String, List<Patterns>> alternative, Set<String> fields) {
    List<Map<String, List<Patterns>>> parts = List.of(alternative);
    for (String field : fields) {
      Map<String, List<Patterns>> kinds = byKind(List.of(alternative), field);
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
}
