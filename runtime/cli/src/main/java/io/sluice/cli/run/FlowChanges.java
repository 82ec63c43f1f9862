package io.sluice.cli.run;

import io.sluice.flows.model.BrokerSpec;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.instance.Instance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one state of flow files means for the flows of another.
 *
 * @param added flows that are new
 * @param changed flows that are another version of what they were, or whose instances are
 * @param switched flows of which only the desired status is another
 * @param removed names of flows that are there no more
 */
record FlowChanges(
    List<EventFlow> added,
    List<EventFlow> changed,
    List<EventFlow> switched,
    List<String> removed) {
  FlowChanges {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    switched = List.copyOf(switched);
    removed = List.copyOf(removed);
  }

  static FlowChanges between(FlowModel before, FlowModel after) {
    Map<String, EventFlow> old = new LinkedHashMap<>();
    before.flows().forEach(flow -> old.put(flow.name(), flow));
    Set<String> instances = instances(before, after);
    List<EventFlow> added = new ArrayList<>();
    List<EventFlow> changed = new ArrayList<>();
    List<EventFlow> switched = new ArrayList<>();
    for (EventFlow flow : after.flows()) {
      EventFlow known = old.remove(flow.name());
      if (known == null) {
        added.add(flow);
      } else if (!known.revision().equals(flow.revision()) || uses(flow, instances)) {
        changed.add(flow);
      } else if (known.status() != flow.status()) {
        switched.add(flow);
      }
    }
    return new FlowChanges(added, changed, switched, List.copyOf(old.keySet()));
  }

  boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && switched.isEmpty() && removed.isEmpty();
  }

  /** Names of brokers that only one of two states has, or that differ between them. */
  static List<String> brokers(FlowModel before, FlowModel after) {
    return Stream.concat(onlyIn(before, after), onlyIn(after, before))
        .map(BrokerSpec::name)
        .distinct()
        .sorted()
        .toList();
  }

  private static Stream<BrokerSpec> onlyIn(FlowModel one, FlowModel other) {
    return one.brokers().stream()
        .filter(broker -> other.brokers().stream().noneMatch(broker::isSameAs));
  }

  /** Names of instances that differ between two states. */
  private static Set<String> instances(FlowModel before, FlowModel after) {
    Set<Instance> old = new HashSet<>(before.instances());
    Set<String> names = new HashSet<>();
    after.instances().stream()
        .filter(instance -> !old.contains(instance))
        .forEach(instance -> names.add(instance.name()));
    return names;
  }

  private static boolean uses(EventFlow flow, Set<String> instances) {
    return Stream.of(flow.source().describe().instance(), flow.sink().describe().instance())
        .flatMap(Optional::stream)
        .anyMatch(instances::contains);
  }
}
