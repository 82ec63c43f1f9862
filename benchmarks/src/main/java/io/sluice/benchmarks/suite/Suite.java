package io.sluice.benchmarks.suite;

import io.sluice.benchmarks.copier.Copier;
import io.sluice.benchmarks.report.Circumstances;
import io.sluice.benchmarks.report.PerformancePage;
import io.sluice.benchmarks.scenario.Scenario;
import io.sluice.benchmarks.scenario.Scenarios;
import io.sluice.benchmarks.scenario.Settings;
import io.sluice.benchmarks.scenario.WorkFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks/run}: measures Sluice and naive copiers in turn, and prints tables. */
@Command(
    name = "benchmarks/run",
    header = "Measures Sluice and naive copiers in turn, end to end.",
    description =
        "Tables go to standard output, progress to standard error. Needs Linux. What the figures"
            + " mean stands in docs/performance.md.",
    sortOptions = false)
public final class Suite implements Callable<Integer> {

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      converter = ScenarioConverter.class,
      description =
          "What to measure: sizes, queues, round-trips, latency, idle-flows, backlog, grpc, bus,"
              + " matrix. Default: the first four.")
  private List<Scenario> scenarios = Scenarios.usual();

  @Option(
      names = "--copier",
      split = ",",
      paramLabel = "NAME",
      converter = CopierConverter.class,
      description =
          "Who takes turns: sluice, decode-and-batch, push-and-send, camel-route. Default: all.")
  private List<Copier> copiers = List.of(Copier.values());

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Put the tables into this page, such as docs/performance.md.")
  private Optional<Path> page = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Mixin private final EffortOptions effort = new EffortOptions();
  @Mixin private final ChoiceOptions choice = new ChoiceOptions();

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.getProperties()
        .putIfAbsent("rmq.logback.configurationFile", "io/sluice/testkit/rocketmq-silence.xml");
    // Clients and servers leave threads behind.
    System.exit(commandLine().execute(arguments));
  }

  /** The command, ready to be executed. */
  static CommandLine commandLine() {
    return new CommandLine(new Suite());
  }

  @Override
  public Integer call() throws Exception {
    Circumstances circumstances = Circumstances.now();
    PrintWriter output = spec.commandLine().getOut();
    try (WorkFolder folder = WorkFolder.create()) {
      Settings settings =
          new Settings(folder.path(), copiers, effort.effort(), choice.choice(), this::tell);
      for (Scenario scenario : scenarios) {
        String result =
            "%s Rounds: %d.%n%n%s"
                .formatted(circumstances, scenario.rounds(settings), scenario.measure(settings));
        output.printf("%n## %s%n%n%s", scenario.title(), result);
        output.flush();
        if (page.isPresent()) {
          new PerformancePage(page.get()).replace(scenario.name(), result);
        }
      }
    }
    return 0;
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
