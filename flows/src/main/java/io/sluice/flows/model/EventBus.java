package io.sluice.flows.model;

import io.sluice.sdk.error.Location;
import java.util.List;
import java.util.Optional;

/**
 * Many sources, rules and targets: {@code kind: EventBus}. Its sources and targets are flows of the
 * model; what stands here is how they belong together.
 *
 * @param name unique among flows and buses
 * @param description free text, if given
 * @param instance name of the instance that stores its events
 * @param topic where they are stored there
 * @param queues how many queues the topic has at least
 * @param store writes the topic
 * @param sources names of the flows that lead into the bus
 * @param rules in the order of the file
 * @param location where it is declared
 */
public record EventBus(
    String name,
    Optional<String> description,
    String instance,
    String topic,
    int queues,
    SinkBinding<?> store,
    List<String> sources,
    List<BusRule> rules,
    Location location) {
  public EventBus {
    sources = List.copyOf(sources);
    rules = List.copyOf(rules);
  }
}
