package io.sluice.cli;

import io.sluice.cli.authoring.TestReport;
import io.sluice.cli.output.Findings;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.flows.LoadedFlows;
import io.sluice.flows.flowtest.FlowTest;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice test}. */
@Command(
    name = "test",
    header = "Run the tests of flows, without network and broker.",
    description = {
      "Runs what stands under tests: in flow files, and in files *_test.yaml beside them. Each test"
          + " sends one record through the flow's pattern and transforms, the same as in a run, and"
          + " compares what comes out with what it expects.",
      "",
      "Each difference is shown with the line of the test that it contradicts."
    },
    footer = {
      "  sluice test flows/",
      "  sluice test orders.yaml --name refund",
      "  sluice test flows/ --env ORDERS_TOPIC=orders --json"
    })
final class TestVerb extends Verb {

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      defaultValue = ".",
      description =
          "Flow files, test files, or folders of them (*.yaml, *.yml, *.json); the current folder"
              + " if none is named.")
  private List<Path> paths = List.of();

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Only tests in whose flow's name or own name this text occurs.")
  private Optional<String> name = Optional.empty();

  @Mixin private FlowSources sources = new FlowSources();

  TestVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    LoadedFlows loaded = sources.loader(host()).loadWithTests(paths);
    Findings findings = new Findings(loaded.findings());
    findings.print(output);
    return findings.refusal("Nothing was tested").orElseGet(() -> run(loaded, output));
  }

  private Outcome run(LoadedFlows loaded, Output output) {
    List<FlowTest> tests = loaded.tests().stream().filter(this::isWanted).toList();
    if (tests.isEmpty()) {
      throw new SluiceException(
          CommandError.NOTHING_TO_TEST,
          loaded.tests().isEmpty()
              ? "There are no tests here."
              : "No test has '" + name.orElse("") + "' in its name.",
          Location.NONE);
    }
    TestReport report = new TestReport(output, host().terminal());
    tests.forEach(test -> report.tell(test, test.run()));
    return report.outcome(Output.object());
  }

  private boolean isWanted(FlowTest test) {
    String full = (test.flow() + ": " + test.name()).toLowerCase(Locale.ROOT);
    return name.map(text -> full.contains(text.toLowerCase(Locale.ROOT))).orElse(true);
  }
}
