package io.sluice.flows.binding;

import io.sluice.flows.model.Addressee;
import io.sluice.flows.model.BusReading;
import io.sluice.flows.model.BusRule.Status;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.FlowLogic;
import io.sluice.sdk.record.Record;
import java.util.Optional;
import java.util.function.Predicate;

/** A flow with its logic, and with the places of what checks across documents speak of. */
public record BoundFlow(
    EventFlow flow,
    FlowLogic logic,
    Mention name,
    Side source,
    Side sink,
    Optional<Side> deadLetters) {

  /** The same, as a target of a bus: for records that are addressed to it; its logic stays. */
  BoundFlow sharing(BusReading reading) {
    if (reading.status() == Status.DISABLE) {
      return matchingNothing(reading);
    }
    String target = flow.name();
    Optional<Predicate<Record>> pattern = flow.filter();
    return filtered(
        reading,
        record ->
            Addressee.includes(record, reading.bus(), target)
                && (pattern.isEmpty() || pattern.get().test(record)),
        "");
  }

  /** The same with a pattern that nothing matches; its logic stays, so that it can be explained. */
  private BoundFlow matchingNothing(BusReading reading) {
    return filtered(reading, record -> false, "-silent");
  }

  private BoundFlow filtered(BusReading reading, Predicate<Record> filter, String version) {
    EventFlow filtered =
        new EventFlow(
            flow.name(),
            flow.description(),
            flow.status(),
            flow.source(),
            Optional.of(reading),
            Optional.of(filter),
            flow.transform(),
            flow.sink(),
            flow.runOptions(),
            flow.revision() + version,
            flow.location());
    return new BoundFlow(filtered, logic, name, source, sink, deadLetters);
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
