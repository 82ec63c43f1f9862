package io.sluice.flows.binding;

import io.sluice.flows.finding.Findings;
import io.sluice.flows.flowtest.BusTestReader;
import io.sluice.flows.model.EventBus;
import io.sluice.flows.model.FlowLogic;
import io.sluice.sdk.connector.SourceDescription;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A bus with the flows that it is made of, and with the places of what checks across documents
 * speak of.
 *
 * @param events what reads its topic
 */
public record BoundBus(
    EventBus bus, Mention name, Mention instance, SourceDescription events, List<BoundFlow> flows) {

  /** A reader of its tests. */
  public BusTestReader tests(Findings findings) {
    return new BusTestReader(
        bus,
        flows.stream()
            .map(BoundFlow::logic)
            .collect(Collectors.toMap(FlowLogic::flow, Function.identity())),
        events,
        findings);
  }
}
