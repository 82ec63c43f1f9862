package io.sluice.flows;

import io.sluice.flows.binding.BoundBroker;
import io.sluice.flows.binding.BoundBus;
import io.sluice.flows.binding.BoundFlow;
import io.sluice.flows.binding.BoundInstance;
import io.sluice.flows.binding.BrokerBinder;
import io.sluice.flows.binding.BusBinder;
import io.sluice.flows.binding.Declaration;
import io.sluice.flows.binding.FlowBinder;
import io.sluice.flows.binding.InstanceBinder;
import io.sluice.flows.binding.Mention;
import io.sluice.flows.binding.TestBinder;
import io.sluice.flows.check.BrokerCheck;
import io.sluice.flows.check.BusCheck;
import io.sluice.flows.check.GroupCheck;
import io.sluice.flows.check.InstanceCheck;
import io.sluice.flows.check.LoopCheck;
import io.sluice.flows.check.NameCheck;
import io.sluice.flows.check.RegionCheck;
import io.sluice.flows.check.SourceCheck;
import io.sluice.flows.document.Node;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.flowtest.FlowTest;
import io.sluice.flows.flowtest.FlowTestReader;
import io.sluice.flows.model.FlowLogic;
import io.sluice.flows.model.FlowModel;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.flows.schema.DocumentCheck;
import io.sluice.flows.schema.FlowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Documents one by one become a model, checked as a whole at the end. */
final class Assembly {
  private final DocumentCheck check;
  private final InstanceBinder instanceBinder;
  private final BrokerBinder brokerBinder;
  private final FlowBinder flowBinder;
  private final BusBinder busBinder;
  private final Findings findings;
  private final List<Declaration> declarations = new ArrayList<>();
  private final List<BoundInstance> instances = new ArrayList<>();
  private final List<BoundBroker> brokers = new ArrayList<>();
  private final List<BoundFlow> flows = new ArrayList<>();
  private final List<BoundBus> buses = new ArrayList<>();
  private final List<FlowTest> tests = new ArrayList<>();
  private final List<CheckedDocument> testDocuments = new ArrayList<>();
  private boolean empty = true;

  Assembly(FlowSchema schema, FlowBinder flowBinder, Findings findings) {
    this.check = schema.check(findings);
    this.instanceBinder = new InstanceBinder(schema, findings);
    this.brokerBinder = new BrokerBinder(schema, findings);
    this.flowBinder = flowBinder;
    this.busBinder = new BusBinder(flowBinder, schema, findings);
    this.findings = findings;
  }

  /** Whether there was no document. */
  boolean isEmpty() {
    return empty;
  }

  /**
   * @param resolved whether all of its placeholders could be replaced
   */
  void add(Node node, boolean resolved) {
    empty = false;
    check
        .check(node)
        .ifPresent(
            document -> {
              Declaration.of(document).ifPresent(declarations::add);
              if (document.sound() && resolved) {
                bind(document);
              }
            });
  }

  private void bind(CheckedDocument document) {
    switch (document.kind()) {
      case INSTANCE -> instanceBinder.bind(document).ifPresent(instances::add);
      case BROKER -> brokerBinder.bind(document).ifPresent(brokers::add);
      case EVENT_FLOW ->
          flowBinder
              .bind(document)
              .ifPresent(
                  flow -> {
                    flows.add(flow);
                    tests.addAll(new FlowTestReader(findings).read(document.root(), flow.logic()));
                  });
      case EVENT_BUS ->
          busBinder
              .bind(document)
              .ifPresent(
                  bus -> {
                    buses.add(bus);
                    flows.addAll(bus.flows());
                    tests.addAll(bus.tests(findings).read(document.root()));
                  });
      case FLOW_TESTS -> testDocuments.add(document);
    }
  }

  /** Checks across documents, and what could be bound. Called once, at the end. */
  LoadedFlows loaded() {
    FlowModel model = model();
    for (CheckedDocument document : testDocuments) {
      tests.addAll(new TestBinder(findings).bind(document, flows, declarations));
    }
    List<FlowLogic> logic = flows.stream().map(BoundFlow::logic).toList();
    return new LoadedFlows(model, logic, tests, findings.sorted());
  }

  private FlowModel model() {
    Set<Mention> repeated = new NameCheck(findings).check(declarations);
    instances.removeIf(instance -> repeated.contains(instance.name()));
    brokers.removeIf(broker -> repeated.contains(broker.name()));
    flows.removeIf(flow -> repeated.contains(flow.name()));
    buses.stream()
        .filter(bus -> repeated.contains(bus.name()))
        .forEach(bus -> flows.removeAll(bus.flows()));
    buses.removeIf(bus -> repeated.contains(bus.name()));
    new InstanceCheck(findings).check(flows, buses, declarations);
    new BusCheck(findings).check(buses, instances);
    new GroupCheck(findings).check(flows);
    new LoopCheck(findings).check(flows);
    new BrokerCheck(findings).check(brokers);
    new SourceCheck(findings).check(flows, instances);
    new RegionCheck(findings).check(flows, instances, brokers);
    return new FlowModel(
        instances.stream().map(BoundInstance::instance).toList(),
        brokers.stream().map(BoundBroker::spec).toList(),
        flows.stream().map(BoundFlow::flow).toList(),
        buses.stream().map(BoundBus::bus).toList());
  }
}
