package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Findings;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.flows.FlowLoader;
import io.sluice.flows.LoadedFlows;
import io.sluice.flows.model.EventBus;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice validate}. */
@Command(
    name = "validate",
    header = "Check flow files without running them.",
    description = {
      "Reads flow files, and files of tests beside them, and shows every error and warning with"
          + " its file, line and column.",
      "Nothing is connected or started."
    },
    footer = {
      "  sluice validate flows/",
      "  sluice validate orders.yaml brokers.yaml --json",
      "  sluice validate --strict flows/"
    })
final class ValidateVerb extends Verb {

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Flow files, or folders of them (*.yaml, *.yml, *.json).")
  private List<Path> paths = List.of();

  @Option(names = "--strict", description = "Fail for warnings too.")
  private boolean strict;

  ValidateVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    LoadedFlows loaded =
        new FlowLoader(Connectors.all(), host().environment()).loadWithTests(paths);
    Findings findings = new Findings(loaded.findings());
    findings.print(output);
    ObjectNode result = Output.object();
    findings.putInto(result);
    return findings
        .worst()
        .or(() -> strict && findings.hasWarnings() ? Optional.of(warned()) : Optional.empty())
        .map(error -> Outcome.failedAsTold(error, findings.count() + ".", result))
        .orElseGet(
            () ->
                Outcome.ok(
                    contents(loaded.model(), result) + "; " + findings.count() + ".", result));
  }

  private static SluiceException warned() {
    return new SluiceException(CommandError.WARNINGS, "there are warnings", Location.NONE);
  }

  private static String contents(FlowModel model, ObjectNode result) {
    int flows = model.flows().size() - model.buses().stream().mapToInt(ValidateVerb::flows).sum();
    result.put("flows", flows);
    result.put("buses", model.buses().size());
    result.put("brokers", model.brokers().size());
    result.put("instances", model.instances().size());
    return Count.of(flows, "flow")
        + (model.buses().isEmpty() ? "" : ", " + words(model.buses()))
        + ", "
        + Count.of(model.brokers().size(), "broker")
        + ", "
        + Count.of(model.instances().size(), "instance");
  }

  /** Flows that a bus is made of. */
  private static int flows(EventBus bus) {
    return bus.sources().size()
        + bus.rules().stream().mapToInt(rule -> rule.targets().size()).sum();
  }

  private static String words(List<EventBus> buses) {
    int rules = buses.stream().mapToInt(bus -> bus.rules().size()).sum();
    return Count.of(buses.size())
        + (buses.size() == 1 ? " bus" : " buses")
        + " with "
        + Count.of(rules, "rule");
  }
}
