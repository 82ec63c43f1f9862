package io.sluice.flows.pattern;

import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rules with their patterns, compiled together: which of them a record's event matches, found in
 * one walk over the event however many they are. Immutable and thread-safe: to change a rule, make
 * another set and swap them as a whole. Looks only at those parts of a record that a pattern names,
 * and answers for any record.
 */
public final class RuleSet {
  private final List<String> names;

  /** Rules without a pattern. */
  private final List<Integer> always;

  private final Machines machines;

  private RuleSet(Map<String, Optional<EventPattern>> rules, SourceDescription source) {
    this.names = List.copyOf(rules.keySet());
    List<Optional<EventPattern>> patterns = List.copyOf(rules.values());
    this.always =
        IntStream.range(0, patterns.size())
            .filter(rule -> patterns.get(rule).isEmpty())
            .boxed()
            .toList();
    this.machines =
        new Machines(
            patterns.stream()
                .map(pattern -> pattern.map(EventPattern::combinations).orElse(List.of()))
                .toList(),
            patterns.stream()
                .flatMap(Optional::stream)
                .flatMap(pattern -> pattern.fields().stream())
                .collect(Collectors.toSet()),
            source);
  }

  /**
   * @param rules patterns by the names of their rules; a rule without a pattern matches every event
   * @param source where all events come from
   */
  public static RuleSet of(Map<String, Optional<EventPattern>> rules, SourceDescription source) {
    return new RuleSet(rules, source);
  }

  /** The names of the rules that match the event of a record, in the order of the set. */
  public List<String> matching(Record record) {
    SortedSet<Integer> matching = machines.match(record);
    matching.addAll(always);
    List<String> found = new ArrayList<>(matching.size());
    matching.forEach(rule -> found.add(names.get(rule)));
    return found;
  }
}
