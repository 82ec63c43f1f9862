package io.sluice.flows.check;

import io.sluice.flows.binding.BoundFlow;
import io.sluice.flows.binding.BoundInstance;
import io.sluice.flows.binding.Mention;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a source is to do can be done by the instance that it reads, as its connector knows it. */
public final class SourceCheck {
  private final Findings findings;

  public SourceCheck(Findings findings) {
    this.findings = findings;
  }

  public void check(List<BoundFlow> flows, List<BoundInstance> instances) {
    Map<String, Instance> byName = new HashMap<>();
    instances.forEach(bound -> byName.put(bound.name().value(), bound.instance()));
    for (BoundFlow flow : flows) {
      flow.source().instance().ifPresent(mention -> check(flow, mention, byName));
    }
  }

  private void check(BoundFlow flow, Mention mention, Map<String, Instance> instances) {
    Instance instance = instances.get(mention.value());
    if (instance == null || findings.hasErrorAt(mention.place())) {
      return; // a broker of the runtime's own, which can do everything, or reported already
    }
    try {
      flow.flow().source().check(instance);
    } catch (SluiceException complaint) {
      findings.error(
          complaint.code(), mention.place(), complaint.message(), complaint.suggestion());
    }
  }
}
