package io.sluice.flows.check;

import io.sluice.flows.FlowError;
import io.sluice.flows.binding.BoundBroker;
import io.sluice.flows.binding.BoundFlow;
import io.sluice.flows.binding.BoundFlow.Side;
import io.sluice.flows.binding.BoundInstance;
import io.sluice.flows.binding.Mention;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.instance.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Warns of flows between regions that rely on a private network, which ends at its region. A broker
 * of the runtime's own is reached wherever the runtime stands, and the region says where that is.
 */
public final class RegionCheck {
  private final Findings findings;

  public RegionCheck(Findings findings) {
    this.findings = findings;
  }

  public void check(
      List<BoundFlow> flows, List<BoundInstance> instances, List<BoundBroker> brokers) {
    Map<String, Standing> standings = new HashMap<>();
    for (BoundInstance bound : instances) {
      boolean isPrivate = bound.instance().network() == Network.PRIVATE;
      bound
          .instance()
          .region()
          .ifPresent(
              region -> standings.put(bound.name().value(), new Standing(region, isPrivate)));
    }
    for (BoundBroker broker : brokers) {
      broker
          .spec()
          .region()
          .ifPresent(region -> standings.put(broker.name().value(), new Standing(region, false)));
    }
    flows.forEach(flow -> check(flow, standings));
  }

  private void check(BoundFlow flow, Map<String, Standing> standings) {
    Optional<Standing> source = standing(flow.source(), standings);
    Optional<Standing> target = standing(flow.sink(), standings);
    if (source.isEmpty() || target.isEmpty() || source.get().region.equals(target.get().region)) {
      return;
    }
    Side side = target.get().isPrivate ? flow.sink() : flow.source();
    if (target.get().isPrivate || source.get().isPrivate) {
      warn(flow, side.instance().orElseThrow());
    }
  }

  private void warn(BoundFlow flow, Mention instance) {
    findings.warning(
        FlowError.REGIONS_APART,
        instance.place(),
        "flow '"
            + flow.name().shown()
            + "' leads from one region to another, and instance '"
            + instance.shown()
            + "' is used in its private network: regions do not reach each other over an intranet",
        FlowError.REGIONS_APART.remedy());
  }

  private static Optional<Standing> standing(Side side, Map<String, Standing> standings) {
    return side.instance().map(Mention::value).map(standings::get);
  }

  private record Standing(String region, boolean isPrivate) {}
}
