package io.sluice.flows.model;

import io.sluice.sdk.instance.Instance;
import java.util.List;

/**
 * Everything that a set of flow files declares. Names are unique: an instance and a broker share
 * one space of names, flows have their own.
 *
 * @param instances instances that exist elsewhere
 * @param brokers instances that the runtime runs itself
 * @param flows in the order of the files
 */
public record FlowModel(List<Instance> instances, List<BrokerSpec> brokers, List<EventFlow> flows) {
  public FlowModel {
    instances = List.copyOf(instances);
    brokers = List.copyOf(brokers);
    flows = List.copyOf(flows);
  }
}
