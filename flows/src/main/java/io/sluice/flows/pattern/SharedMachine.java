package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.event.ruler.GenericMachine;

/**
 * One of event-ruler's machines, with the combinations of any number of rules that do not run into
 * each other. Built by one thread; once built, not changed, and used by any.
 */
final class SharedMachine {
  private final BodyView body;
  private final Predicate<String> nested;
  private final GenericMachine<Integer> machine = GenericMachine.<Integer>builder().build();
  private final Map<String, ConditionKind> kinds = new HashMap<>();

  /** The rule of each combination: each is named by its place here. */
  private final List<Integer> rules = new ArrayList<>();

  private Set<String> addresses = Set.of();
  private Set<String> presence = Set.of();

  /**
   * @param body how the events look that it takes
   * @param nested whether a field may hold more than a text
   */
  SharedMachine(BodyView body, Predicate<String> nested) {
    this.body = body;
    this.nested = nested;
  }

  /** How the events look that it takes. */
  BodyView body() {
    return body;
  }

  /** Whether a combination can be added. */
  boolean takes(Combination combination) {
    return combination.body() == body
        && combination.kinds().entrySet().stream()
            .allMatch(
                field ->
                    !kinds.containsKey(field.getKey())
                        || kinds.get(field.getKey()).mayShareWith(field.getValue()));
  }

  /**
   * @param rule the number of its rule
   * @throws RuntimeException if event-ruler does not accept it
   */
  void add(int rule, Combination combination) {
    machine.addPatternRule(rules.size(), combination.conditions());
    rules.add(rule);
    kinds.putAll(combination.kinds());
    addresses = fields(Set.of(ConditionKind.ADDRESS));
    presence = fields(Set.of(ConditionKind.PRESENT, ConditionKind.ABSENT));
    presence.removeIf(nested.negate());
  }

  private Set<String> fields(Set<ConditionKind> wanted) {
    return kinds.entrySet().stream()
        .filter(field -> wanted.contains(field.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Adds the numbers of the rules that match. */
  void match(JsonNode event, Collection<Integer> matching) {
    JsonNode seen = addresses.isEmpty() && presence.isEmpty() ? event : event.deepCopy();
    addresses.forEach(field -> FieldPlaces.change(seen, field, Addresses::marked));
    presence.forEach(field -> FieldPlaces.change(seen, field, FieldPlaces::visible));
    machine.rulesForJSONEvent(seen).forEach(place -> matching.add(rules.get(place)));
  }
}
