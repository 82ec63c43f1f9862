package io.sluice.flows.model;

import io.sluice.flows.model.BusRule.Status;
import io.sluice.flows.pattern.EventPattern;
import io.sluice.sdk.connector.SourceDescription;
import java.util.Optional;

/**
 * The part of a target in the one reading of its bus's topic that all targets of the bus share.
 *
 * @param bus name of the bus
 * @param source reads the topic for all targets. Its partitions are called like those of a target's
 *     own source, without a slash and the name of the target's flow at the end.
 * @param targets how many targets the bus has
 * @param start where the target begins that has never run
 * @param events what reads the topic, as patterns see it
 * @param status whether the rule of the target matches at all
 * @param pattern which events match then; empty when all do
 */
public record BusReading(
    String bus,
    SourceBinding<?> source,
    int targets,
    Start start,
    SourceDescription events,
    Status status,
    Optional<EventPattern> pattern) {

  /** Where a target begins that has never run. */
  public enum Start {
    /** Where the shared source does: at the first event. */
    WITH_THE_BUS,
    /** At a place of its own. */
    ELSEWHERE
  }
}
