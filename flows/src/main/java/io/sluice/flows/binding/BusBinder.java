package io.sluice.flows.binding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.model.BusReading;
import io.sluice.flows.model.BusReading.Start;
import io.sluice.flows.model.BusRule;
import io.sluice.flows.model.BusRule.Status;
import io.sluice.flows.model.EventBus;
import io.sluice.flows.model.SinkBinding;
import io.sluice.flows.model.SourceBinding;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.flows.schema.FlowSchema;
import io.sluice.sdk.connector.SourceDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Binds {@code kind: EventBus} to flows: one from each source to the topic of the bus, and one from
 * there to each target. Whatever holds for flows holds for these.
 */
public final class BusBinder {
  /** What the checkpoint store takes as the name of a flow. */
  private static final int LONGEST_FLOW = 255;

  private final FlowBinder flows;
  private final FlowSchema schema;
  private final Findings findings;

  public BusBinder(FlowBinder flows, FlowSchema schema, Findings findings) {
    this.flows = flows;
    this.schema = schema;
    this.findings = findings;
  }

  /** The bus that a sound document declares; empty if something is wrong after all. */
  public Optional<BoundBus> bind(CheckedDocument document) {
    int before = findings.errors();
    ObjectNode filled = schema.filled(document, NodePath.ROOT);
    BusDocument bus = BusDocument.of(document, filled.path("queues").asInt());
    if (!flows.knows(BusDocument.CONNECTOR)) {
      findings.error(
          FlowError.UNKNOWN_CONNECTOR,
          document.root().place(),
          "a bus stores its events by the connector '"
              + BusDocument.CONNECTOR
              + "', which is not installed");
      return Optional.empty();
    }
    Optional<SinkBinding<?>> store = flows.sink(bus.storage());
    Optional<SourceDescription> events =
        flows.source(bus.storage()).map(SourceDescription::carryingEvents);
    Optional<SourceBinding<?>> reader = flows.reader(bus.reading());
    List<BoundFlow> bound = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    for (Mapping source : unique(items(document.root(), "sources"), "name", "source")) {
      bind(bus.source(source), UnaryOperator.identity())
          .ifPresent(
              flow -> {
                bound.add(flow);
                sources.add(flow.flow().name());
              });
    }
    List<BusRule> rules = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    for (Mapping rule : unique(items(document.root(), "rules"), "name", "rule")) {
      rule(bus, rule, targets).ifPresent(rules::add);
    }
    if (findings.errors() > before || store.isEmpty() || events.isEmpty() || reader.isEmpty()) {
      return Optional.empty();
    }
    for (Target target : targets) {
      bound.add(
          target
              .flow()
              .sharing(
                  new BusReading(
                      bus.name().value(),
                      reader.get(),
                      targets.size(),
                      target.start(),
                      events.get(),
                      target.status(),
                      target.flow().logic().pattern())));
    }
    EventBus made =
        new EventBus(
            bus.name().value(),
            Optional.ofNullable(filled.path("description").textValue()),
            bus.instance().text(),
            bus.topic().text(),
            filled.path("queues").asInt(),
            store.get(),
            sources,
            rules,
            document.root().place());
    return Optional.of(
        new BoundBus(made, bus.name(), Mention.of(bus.instance()), events.get(), bound));
  }

  /** What is bound of a target. */
  private record Target(BoundFlow flow, Status status, Start start) {}

  private Optional<BusRule> rule(BusDocument bus, Mapping rule, List<Target> bound) {
    Status status =
        rule.get("status")
            .map(given -> Status.valueOf(((Scalar) given).text()))
            .orElse(Status.ENABLE);
    List<BoundFlow> targets = new ArrayList<>();
    for (Mapping target : unique(items(rule, "targets"), "id", "target")) {
      bind(bus.target(rule, target), SourceDescription::carryingEvents).ifPresent(targets::add);
    }
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    Start start = BusDocument.saysNoStart(rule) ? Start.WITH_THE_BUS : Start.ELSEWHERE;
    targets.forEach(target -> bound.add(new Target(target, status, start)));
    return Optional.of(
        new BusRule(
            ((Scalar) rule.get("name").orElseThrow()).text(),
            status,
            targets.get(0).logic().pattern(),
            targets.stream().map(target -> target.flow().name()).toList()));
  }

  private Optional<BoundFlow> bind(
      CheckedDocument document, UnaryOperator<SourceDescription> seen) {
    Scalar name = (Scalar) document.root().get("name").orElseThrow();
    if (name.text().length() > LONGEST_FLOW) {
      findings.error(
          FlowError.OUT_OF_RANGE,
          name.place(),
          "the names of bus, rule and target together must have at most "
              + LONGEST_FLOW
              + " characters, with a '/' between each two",
          "Shorten one of them.");
      return Optional.empty();
    }
    return flows.bind(document, seen);
  }

  private static List<Mapping> items(Mapping block, String key) {
    return block.get(key).stream()
        .flatMap(list -> ((Sequence) list).items().stream())
        .map(Mapping.class::cast)
        .toList();
  }

  /** Those whose names are new. */
  private List<Mapping> unique(List<Mapping> blocks, String key, String what) {
    Set<String> taken = new HashSet<>();
    Function<Mapping, Scalar> name = block -> (Scalar) block.get(key).orElseThrow();
    return blocks.stream()
        .filter(
            block -> {
              boolean fresh = taken.add(name.apply(block).text());
              if (!fresh) {
                findings.error(
                    FlowError.DUPLICATE_NAME,
                    name.apply(block).place(),
                    what + " '" + name.apply(block).shown() + "' stands twice",
                    "Rename one of the two.");
              }
              return fresh;
            })
        .toList();
  }
}
