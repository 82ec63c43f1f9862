package io.sluice.cli;

import io.sluice.cli.output.Findings;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.cli.run.DataDirectory;
import io.sluice.cli.run.Edits;
import io.sluice.cli.run.Run;
import io.sluice.cli.run.RunOptions;
import io.sluice.cli.run.WatchedFiles;
import io.sluice.flows.FlowLoader;
import io.sluice.flows.LoadedFlows;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice run}. */
@Command(
    name = "run",
    header = "Run flows and integrated brokers.",
    description = {
      "Reads flow files, starts their integrated brokers and flows, and shows how they go: a table"
          + " on a terminal, lines in a pipe.",
      "",
      "Ctrl-C, or SIGTERM, drains: sources pause, what is in flight is stored, positions are"
          + " written. A second one stops at once; nothing is lost then either, but the next run"
          + " has more to find out.",
      "",
      "With --watch the files are looked at while the run goes on. Brokers stay as they were at the"
          + " start.",
      "",
      "A flow that fails says why and leaves the others running; the exit code tells of it at the"
          + " end. When all flows have failed, the run ends."
    },
    footer = {
      "  sluice run examples/two-regions --exit-when-idle 5s",
      "  sluice run flows/ --data-dir /var/lib/sluice",
      "  sluice run flows/ --watch",
      "  sluice run orders.yaml --json --start-timeout 0s"
    })
final class RunVerb extends Verb {

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Flow files, or folders of them (*.yaml, *.yml, *.json).")
  private List<Path> paths = List.of();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "sluice-data",
      description =
          "Where checkpoints, logs and the data of integrated brokers are kept; for one run at a"
              + " time. Default: ${DEFAULT-VALUE}.")
  private Path dataDir = Path.of("sluice-data");

  @Option(
      names = "--exit-when-idle",
      paramLabel = "TIME",
      description =
          "End when every running flow has had no lag and nothing in flight for this time, such as"
              + " 5s.")
  private Optional<Duration> exitWhenIdle = Optional.empty();

  @Option(
      names = "--start-timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description =
          "How long a flow may try to start before it fails; 0s to try for ever. Default:"
              + " ${DEFAULT-VALUE}.")
  private Duration startTimeout = Duration.ZERO;

  @Option(
      names = "--drain-timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "How long to wait at the end for what is in flight. Default: ${DEFAULT-VALUE}.")
  private Duration drainTimeout = Duration.ZERO;

  @Option(
      names = "--watch",
      description =
          "Look at the files, and bring the run into step with them when they change. A flow that"
              + " is another one drains and goes on where it stopped; a file that is wrong changes"
              + " nothing.")
  private boolean watch;

  RunVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    Edits edits = watch ? new WatchedFiles(paths, this::load) : Edits.NONE; // before the first load
    LoadedFlows loaded = load();
    Findings findings = new Findings(loaded.findings());
    findings.print(output);
    return findings
        .refusal("Nothing was started")
        .orElseGet(() -> run(loaded.model(), edits, output));
  }

  private Outcome run(FlowModel model, Edits edits, Output output) {
    requireSomethingToRun(model);
    Run run = new Run(new RunOptions(exitWhenIdle, startTimeout, drainTimeout), output);
    host().interrupts().onInterrupt(run::stop);
    try (DataDirectory directory = DataDirectory.open(dataDir)) {
      Logging.into(directory.logs());
      return run.perform(model, directory, edits);
    }
  }

  private LoadedFlows load() {
    return new FlowLoader(Connectors.all(), host().environment()).load(paths);
  }

  private void requireSomethingToRun(FlowModel model) {
    if (model.flows().isEmpty() && model.brokers().isEmpty()) {
      throw new SluiceException(
          CommandError.NOTHING_TO_RUN,
          "There is neither a flow nor a broker to run.",
          new Location.Named(String.join(", ", paths.stream().map(Path::toString).toList())));
    }
  }
}
