package io.sluice.flows.binding;

import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.FlowLogic;
import java.util.Optional;

/** A flow with its logic, and with the places of what checks across documents speak of. */
public record BoundFlow(
    EventFlow flow,
    FlowLogic logic,
    Mention name,
    Side source,
    Side sink,
    Optional<Side> deadLetters) {

  /** The same with a pattern that nothing matches; its logic stays, so that it can be explained. */
  BoundFlow matchingNothing() {
    EventFlow silent =
        new EventFlow(
            flow.name(),
            flow.description(),
            flow.status(),
            flow.source(),
            Optional.of(record -> false),
            flow.transform(),
            flow.sink(),
            flow.runOptions(),
            flow.revision() + "-silent",
            flow.location());
    return new BoundFlow(silent, logic, name, source, sink, deadLetters);
  }

  /**
   * What a flow reads or writes.
   *
   * @param instance the instance, if it is one
   * @param topic the topic there
   * @param group the consumer group, if there is one
   */
  public record Side(Optional<Mention> instance, Mention topic, Optional<Mention> group) {}
}
