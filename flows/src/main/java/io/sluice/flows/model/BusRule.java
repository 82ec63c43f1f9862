package io.sluice.flows.model;

import io.sluice.flows.pattern.EventPattern;
import java.util.List;
import java.util.Optional;

/**
 * A rule of an event bus.
 *
 * @param name unique in its bus
 * @param status whether it matches at all
 * @param pattern which events match; empty when all do
 * @param targets names of the flows that deliver to its targets, in the order of the file
 */
public record BusRule(
    String name, Status status, Optional<EventPattern> pattern, List<String> targets) {
  public BusRule {
    targets = List.copyOf(targets);
  }

  /** EventBridge's own words. */
  public enum Status {
    ENABLE,
    DISABLE
  }
}
