package io.sluice.flows.check;

import io.sluice.flows.FlowError;
import io.sluice.flows.binding.BoundBus;
import io.sluice.flows.binding.BoundInstance;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.instance.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The instance that stores a bus is spoken to by remoting, by which offsets can be chosen. */
public final class BusCheck {
  private final Findings findings;

  public BusCheck(Findings findings) {
    this.findings = findings;
  }

  public void check(List<BoundBus> buses, List<BoundInstance> instances) {
    Map<String, BoundInstance> byName = new HashMap<>();
    instances.forEach(bound -> byName.put(bound.name().value(), bound));
    for (BoundBus bus : buses) {
      BoundInstance bound = byName.get(bus.instance().value());
      if (bound != null && bound.instance().protocol() == Protocol.GRPC) {
        findings.error(
            FlowError.PROTOCOL_MISMATCH,
            bus.instance().place(),
            "bus '"
                + bus.name().shown()
                + "' cannot be stored by instance '"
                + bus.instance().shown()
                + "', which is spoken to by gRPC: each target keeps its own offsets",
            "Give the instance a `nameServer` and `protocol: remoting`.");
      }
    }
  }
}
