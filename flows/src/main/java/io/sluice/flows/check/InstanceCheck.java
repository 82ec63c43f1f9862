package io.sluice.flows.check;

import io.sluice.flows.FlowError;
import io.sluice.flows.binding.BoundBus;
import io.sluice.flows.binding.BoundFlow;
import io.sluice.flows.binding.Declaration;
import io.sluice.flows.binding.Mention;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.finding.KnownNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Instances that flows name are declared. */
public final class InstanceCheck {
  private final Findings findings;

  public InstanceCheck(Findings findings) {
    this.findings = findings;
  }

  public void check(List<BoundFlow> flows, List<BoundBus> buses, List<Declaration> declarations) {
    List<Mention> instances =
        declarations.stream().filter(Declaration::isInstance).map(Declaration::name).toList();
    Set<String> declared = instances.stream().map(Mention::value).collect(Collectors.toSet());
    KnownNames shown = new KnownNames(instances.stream().map(Mention::shown).toList());
    buses.forEach(bus -> check(Optional.of(bus.instance()), declared, shown));
    for (BoundFlow flow : flows) {
      check(flow.source().instance(), declared, shown);
      check(flow.sink().instance(), declared, shown);
      flow.deadLetters().ifPresent(queue -> check(queue.instance(), declared, shown));
    }
  }

  private void check(Optional<Mention> mention, Set<String> declared, KnownNames shown) {
    mention
        .filter(name -> !declared.contains(name.value()))
        .ifPresent(
            name ->
                findings.error(
                    FlowError.UNKNOWN_INSTANCE,
                    name.place(),
                    "unknown instance '" + name.shown() + "'",
                    shown.isEmpty()
                        ? FlowError.UNKNOWN_INSTANCE.remedy()
                        : shown.suggestion(name.shown(), "Declared instances")));
  }
}
