package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.sdk.connector.EventForm;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.Record;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What together matches some rules: a tree of values for what asks for nothing else, and machines
 * of event-ruler for all other combinations, as few as there can be without conditions that run
 * into each other, mostly one. Immutable and thread-safe.
 */
final class Machines {
  private final Map<BodyView, ValueTree> values = new EnumMap<>(BodyView.class);
  private final List<SharedMachine> machines = new ArrayList<>();
  private final Map<BodyView, Envelope> envelopes = new EnumMap<>(BodyView.class);
  private final Predicate<String> nested;

  /**
   * @param rules each with its combinations
   * @param fields all that the rules name
   * @throws RuntimeException if event-ruler does not accept one
   */
  Machines(List<List<Combination>> rules, Set<EventField> fields, SourceDescription source) {
    nested =
        source.eventForm() == EventForm.CARRIED ? Combination::isInData : Combination::isInBody;
    Map<BodyView, List<RuleCombination>> ofValues = new EnumMap<>(BodyView.class);
    for (int rule = 0; rule < rules.size(); rule++) {
      for (Combination combination : rules.get(rule)) {
        if (ValueTree.takes(combination)) {
          ofValues
              .computeIfAbsent(combination.body(), body -> new ArrayList<>())
              .add(new RuleCombination(rule, combination));
        } else {
          machineFor(combination).add(rule, combination);
        }
      }
    }
    ofValues.forEach((body, combinations) -> values.put(body, ValueTree.of(combinations)));
    Stream.concat(values.keySet().stream(), machines.stream().map(SharedMachine::body))
        .distinct()
        .forEach(body -> envelopes.put(body, new Envelope(fields, body, source)));
  }

  private SharedMachine machineFor(Combination combination) {
    return machines.stream()
        .filter(machine -> machine.takes(combination))
        .findFirst()
        .orElseGet(
            () -> {
              SharedMachine another = new SharedMachine(combination.body(), nested);
              machines.add(another);
              return another;
            });
  }

  /** The numbers of the rules that match the event of a record, in their order. */
  SortedSet<Integer> match(Record record) {
    SortedSet<Integer> matching = new TreeSet<>();
    Map<BodyView, JsonNode> events = new EnumMap<>(BodyView.class);
    envelopes.forEach((body, envelope) -> events.put(body, envelope.of(record)));
    values.forEach((body, tree) -> tree.match(events.get(body), matching));
    machines.forEach(machine -> machine.match(events.get(machine.body()), matching));
    return matching;
  }
}
