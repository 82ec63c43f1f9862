package io.sluice.flows.flowtest;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.event.EventReader;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.finding.KnownNames;
import io.sluice.flows.flowtest.BusTest.ExpectedRules;
import io.sluice.flows.model.BusRule;
import io.sluice.flows.model.BusRule.Status;
import io.sluice.flows.model.EventBus;
import io.sluice.flows.model.FlowLogic;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.DetachedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the tests of a bus. Every problem is reported. */
public final class BusTestReader {
  private static final String RULES = "rules";
  private static final String DELIVERIES = "deliveries";
  private static final String RULE = "rule";
  private static final String TARGET = "target";

  private final EventBus bus;
  private final Map<String, FlowLogic> targets;
  private final SourceDescription source;
  private final Findings findings;

  /**
   * @param targets the flows to its targets, by name
   * @param source what reads the bus
   */
  public BusTestReader(
      EventBus bus, Map<String, FlowLogic> targets, SourceDescription source, Findings findings) {
    this.bus = bus;
    this.targets = Map.copyOf(targets);
    this.source = source;
    this.findings = findings;
  }

  /** The tests of a sound document, as far as they can be understood. */
  public List<FlowTest> read(Mapping document) {
    return document.get(FlowTestReader.TESTS).stream()
        .flatMap(list -> ((Sequence) list).items().stream())
        .flatMap(test -> test((Mapping) test).stream())
        .map(FlowTest.class::cast)
        .toList();
  }

  private Optional<BusTest> test(Mapping test) {
    int before = findings.errors();
    Scalar name = (Scalar) test.get("name").orElseThrow();
    Mapping event = (Mapping) test.get("event").orElseThrow();
    Mapping expect = (Mapping) test.get("expect").orElseThrow();
    Optional<DetachedRecord> input = new EventReader(source, findings).read(event);
    Optional<ExpectedRules> rules =
        expect.get(RULES).map(list -> rules((Sequence) list)); // an empty list: none may match
    List<RecordTest> deliveries = new ArrayList<>();
    expect.get(DELIVERIES).stream()
        .flatMap(list -> ((Sequence) list).items().stream())
        .forEach(
            item ->
                input
                    .flatMap(record -> delivery((Mapping) item, name, record))
                    .ifPresent(deliveries::add));
    return findings.errors() > before
        ? Optional.empty()
        : Optional.of(
            new BusTest(
                bus.name(),
                name.text(),
                name.place(),
                bus.rules(),
                input.orElseThrow(),
                rules,
                deliveries));
  }

  private ExpectedRules rules(Sequence list) {
    List<String> known = bus.rules().stream().map(BusRule::name).toList();
    List<String> names = new ArrayList<>();
    list.items()
        .forEach(
            item -> {
              Scalar name = (Scalar) item;
              names.add(name.text());
              if (!known.contains(name.text())) {
                unknown("rule", name, known);
              }
            });
    return new ExpectedRules(names, list.place());
  }

  private Optional<RecordTest> delivery(Mapping item, Scalar name, DetachedRecord input) {
    Scalar rule = (Scalar) item.get(RULE).orElseThrow();
    Scalar target = (Scalar) item.get(TARGET).orElseThrow();
    Optional<BusRule> known =
        bus.rules().stream().filter(one -> one.name().equals(rule.text())).findFirst();
    if (known.isEmpty()) {
      unknown("rule", rule, bus.rules().stream().map(BusRule::name).toList());
      return Optional.empty();
    }
    String prefix = bus.name() + "/" + rule.text() + "/";
    FlowLogic logic = targets.get(prefix + target.text());
    if (logic == null) {
      List<String> ids =
          known.get().targets().stream().map(flow -> flow.substring(prefix.length())).toList();
      unknown("target", target, ids);
      return Optional.empty();
    }
    if (known.get().status() == Status.DISABLE) {
      findings.error(
          FlowError.BAD_EXPECTATION,
          rule.place(),
          "rule '" + rule.shown() + "' is disabled, and its targets are given nothing",
          "Remove the delivery, or enable the rule.");
      return Optional.empty();
    }
    List<Entry> parts =
        item.entries().stream()
            .filter(entry -> !entry.key().equals(RULE) && !entry.key().equals(TARGET))
            .toList();
    return new FlowTestReader(findings)
        .expectation(new Entry(DELIVERIES, item.place(), item), new Mapping(item.place(), parts))
        .map(wanted -> new RecordTest(logic, name.text(), name.place(), input, wanted));
  }

  private void unknown(String what, Scalar name, List<String> known) {
    findings.error(
        FlowError.BAD_EXPECTATION,
        name.place(),
        "there is no " + what + " '" + name.shown() + "' here",
        new KnownNames(known).suggestion(name.text(), "There are"));
  }
}
