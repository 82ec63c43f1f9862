package io.sluice.cli;

import io.sluice.cli.output.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice} without a verb: shows what there is. */
@Command(
    name = "sluice",
    header = "Runs event flows between RocketMQ instances.",
    description =
        "Flows, instances and brokers are declared in YAML files. Start with"
            + " sluice run examples/two-regions.",
    footer = {
      "  sluice run examples/two-regions --exit-when-idle 5s",
      "  sluice validate flows/",
      "  sluice help run"
    })
final class SluiceCommand implements Callable<Integer> {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions, as sluice version does.")
  private boolean version;

  @Spec private CommandSpec spec;

  private final Host host;

  SluiceCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(host.err());
    return ExitStatus.VALIDATION.number();
  }
}
