package io.sluice.cli;

import io.sluice.cli.doctor.Consultation;
import io.sluice.cli.doctor.Patient;
import io.sluice.cli.doctor.Patients;
import io.sluice.cli.doctor.Report;
import io.sluice.cli.doctor.ReportText;
import io.sluice.cli.message.InstanceLookup;
import io.sluice.cli.output.Findings;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.flows.FlowLoader;
import io.sluice.flows.LoadedFlows;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice doctor}. */
@Command(
    name = "doctor",
    header = "Find out why an instance cannot be used, and what to do.",
    description = {
      "Looks at every instance of the flow files, and at what flows need of it: names, ports, TLS,"
          + " routes, credentials, topics, groups, filters, clocks, versions. Each check says what"
          + " it saw and, if that is wrong, the remedy; a closed port names the rule to add.",
      "",
      "No message is stored and nothing is created, except that brokers which create consumer groups"
          + " by themselves create those of the flows."
    },
    footer = {
      "  sluice doctor flows/",
      "  sluice doctor flows/ --instance singapore --json",
      "  sluice doctor --instance 127.0.0.1:9876"
    })
final class DoctorVerb extends Verb {

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description =
          "Flow files, or folders of them (*.yaml, *.yml, *.json). Default: the current folder.")
  private List<Path> paths = List.of();

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description =
          "Look at this instance only: its name in the flow files, or the address of a name server,"
              + " host:port, which is reached in plaintext without credentials.")
  private Optional<String> instance = Optional.empty();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "sluice-data",
      description =
          "Data directory of the run that serves integrated brokers. Default: ${DEFAULT-VALUE}.")
  private Path dataDir = Path.of("sluice-data");

  DoctorVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    List<Connector> connectors = Connectors.all();
    LoadedFlows loaded = load(connectors);
    Findings findings = new Findings(loaded.findings());
    findings.print(output);
    return findings
        .refusal("Nothing was looked at")
        .orElseGet(() -> examine(patients(loaded.model()), connectors, output));
  }

  private Outcome examine(List<Patient> patients, List<Connector> connectors, Output output) {
    Report report = new Report();
    ReportText text = new ReportText(host().terminal());
    new Consultation(
            connectors.stream().map(Connector::examiner).flatMap(Optional::stream).toList(),
            Clock.systemUTC())
        .hold(
            patients,
            (patient, results) -> {
              report.add(patient, results);
              text.lines(patient, results).forEach(output::line);
            });
    return report.outcome();
  }

  /** Flow files are not asked for where an address says it all. */
  private LoadedFlows load(List<Connector> connectors) {
    boolean byAddress = instance.filter(InstanceLookup::isAddress).isPresent();
    return byAddress && paths.isEmpty()
        ? new LoadedFlows(
            new FlowModel(List.of(), List.of(), List.of()), List.of(), List.of(), List.of())
        : new FlowLoader(connectors, host().environment())
            .load(paths.isEmpty() ? List.of(Path.of(".")) : paths);
  }

  private List<Patient> patients(FlowModel model) {
    Patients patients =
        new Patients(model, new InstanceLookup(dataDir.resolve("brokers"), () -> model));
    List<Patient> chosen =
        instance.map(name -> List.of(patients.one(name))).orElseGet(patients::all);
    if (chosen.isEmpty()) {
      throw new SluiceException(
          CommandError.NO_INSTANCE,
          "There is no instance to look at.",
          new Location.Named(
              paths.isEmpty()
                  ? "."
                  : String.join(", ", paths.stream().map(Path::toString).toList())));
    }
    return chosen;
  }
}
