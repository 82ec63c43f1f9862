package io.sluice.flows.flowtest;

import io.sluice.flows.model.BusRule;
import io.sluice.flows.model.BusRule.Status;
import io.sluice.sdk.error.Location.InFile;
import io.sluice.sdk.record.DetachedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A test of a bus: which rules an event matches, and what their targets are given.
 *
 * @param rules of the bus
 * @param input the record that carries the event
 * @param expected names of the rules that match, and no others; empty if any may
 * @param deliveries of single targets
 */
record BusTest(
    String flow,
    String name,
    InFile place,
    List<BusRule> rules,
    DetachedRecord input,
    Optional<ExpectedRules> expected,
    List<RecordTest> deliveries)
    implements FlowTest {

  /** The names of rules, by their place in the test. */
  record ExpectedRules(List<String> names, InFile place) {}

  @Override
  public List<Difference> run() {
    List<Difference> differences = new ArrayList<>();
    expected.ifPresent(names -> check(names).ifPresent(differences::add));
    for (RecordTest delivery : deliveries) {
      for (Difference found : delivery.run()) {
        String what = delivery.flow() + ": " + found.what();
        differences.add(new Difference(what, found.expected(), found.actual(), found.place()));
      }
    }
    return differences;
  }

  private Optional<Difference> check(ExpectedRules names) {
    List<String> matching =
        rules.stream()
            .filter(rule -> rule.status() == Status.ENABLE)
            .filter(rule -> rule.pattern().map(pattern -> pattern.test(input)).orElse(true))
            .map(BusRule::name)
            .toList();
    List<String> wanted = names.names().stream().sorted().toList();
    return matching.stream().sorted().toList().equals(wanted)
        ? Optional.empty()
        : Optional.of(
            new Difference("rules", words(names.names()), words(matching), names.place()));
  }

  private static Optional<String> words(List<String> names) {
    return Optional.of(String.join(", ", names)).filter(text -> !text.isEmpty());
  }
}
