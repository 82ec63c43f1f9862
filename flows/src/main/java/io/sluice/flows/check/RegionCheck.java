package io.sluice.flows.check;

import io.sluice.flows.FlowError;
import io.sluice.flows.binding.BoundBroker;
import io.sluice.flows.binding.BoundFlow;
import io.sluice.flows.binding.BoundFlow.Side;
import io.sluice.flows.binding.BoundInstance;
import io.sluice.flows.binding.Mention;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Warns of flows between regions that no runtime can serve, wherever it stands: a private network
 * ends at its region, unless it is connected with another's, and a broker of the runtime's own says
 * where the runtime stands.
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
      Instance instance = bound.instance();
      Reach reach = instance.network() == Network.PRIVATE ? Reach.IN_REGION : Reach.EVERYWHERE;
      instance
          .region()
          .ifPresent(
              region ->
                  standings.put(
                      bound.name().value(), new Standing(region, reach, bound.peeredRegions())));
    }
    for (BoundBroker broker : brokers) {
      broker
          .spec()
          .region()
          .ifPresent(
              region ->
                  standings.put(
                      broker.name().value(), new Standing(region, Reach.HERE, List.of())));
    }
    flows.forEach(flow -> check(flow, standings));
  }

  private void check(BoundFlow flow, Map<String, Standing> standings) {
    Optional<Standing> source = standing(flow.source(), standings);
    Optional<Standing> target = standing(flow.sink(), standings);
    if (source.isPresent() && target.isPresent() && source.get().isApartFrom(target.get())) {
      Side side = target.get().reach == Reach.IN_REGION ? flow.sink() : flow.source();
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

  /** From where an instance is reached. */
  private enum Reach {
    EVERYWHERE,
    IN_REGION,
    /** From the runtime, whose own it is. */
    HERE
  }

  /**
   * @param peered other regions whose private networks are connected with its own
   */
  private record Standing(String region, Reach reach, List<String> peered) {

    boolean isApartFrom(Standing other) {
      boolean bound = reach != Reach.EVERYWHERE && other.reach != Reach.EVERYWHERE;
      boolean onlyHere = reach == Reach.HERE && other.reach == Reach.HERE;
      boolean connected =
          region.equals(other.region)
              || peered.contains(other.region)
              || other.peered.contains(region);
      return bound && !onlyHere && !connected;
    }
  }
}
