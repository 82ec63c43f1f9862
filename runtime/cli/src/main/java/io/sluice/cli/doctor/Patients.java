package io.sluice.cli.doctor;

import io.sluice.cli.CommandError;
import io.sluice.cli.message.InstanceLookup;
import io.sluice.flows.model.BrokerSpec;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what there is to look at, and what flows do there. */
public final class Patients {
  private final FlowModel model;
  private final InstanceLookup lookup;

  /**
   * @param lookup finds integrated brokers that run, and instances by their address
   */
  public Patients(FlowModel model, InstanceLookup lookup) {
    this.model = model;
    this.lookup = lookup;
  }

  /** All instances and brokers of the flow files. */
  public List<Patient> all() {
    return Stream.concat(
            model.instances().stream().map(Instance::name),
            model.brokers().stream().map(BrokerSpec::name))
        .map(this::declared)
        .toList();
  }

  /**
   * The one of a name or an address.
   *
   * @throws SluiceException if there is none, or it is an integrated broker that does not run
   */
  public Patient one(String nameOrAddress) {
    return present(lookup.find(nameOrAddress));
  }

  private Patient declared(String name) {
    try {
      return present(lookup.find(name));
    } catch (SluiceException reason) {
      if (reason.code() == CommandError.BROKER_NOT_RUNNING) {
        return new Patient.Absent(name, reason);
      }
      throw reason;
    }
  }

  private Patient present(Instance instance) {
    Set<Need> needs = new LinkedHashSet<>();
    for (EventFlow flow : model.flows()) {
      if (flow.source().describe().instance().equals(Optional.of(instance.name()))) {
        flow.source().need().ifPresent(needs::add);
      }
      if (flow.sink().describe().instance().equals(Optional.of(instance.name()))) {
        flow.sink().need().ifPresent(needs::add);
      }
    }
    return new Patient.Present(instance, needs);
  }
}
