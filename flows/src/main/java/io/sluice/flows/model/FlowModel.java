package io.sluice.flows.model;

import io.sluice.sdk.instance.Instance;
import java.util.List;

/**
 * Everything that a set of flow files declares. Names are unique: an instance and a broker share
 * one space of names, flows and buses another.
 *
 * @param instances instances that exist elsewhere
 * @param brokers instances that the runtime runs itself
 * @param flows in the order of the files, with those that buses are made of: {@code BUS/SOURCE} and
 *     {@code BUS/RULE/TARGET}
 * @param buses in the order of the files
 */
public record FlowModel(
    List<Instance> instances,
    List<BrokerSpec> brokers,
    List<EventFlow> flows,
    List<EventBus> buses) {
  public FlowModel {
    instances = List.copyOf(instances);
    brokers = List.copyOf(brokers);
    flows = List.copyOf(flows);
    buses = List.copyOf(buses);
  }
}
