package io.sluice.cli;

import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * One verb of the command: what all verbs have in common around the work that each does on its own.
 */
abstract class Verb implements Callable<Integer> {

  @Option(
      names = "--json",
      order = 100,
      description =
          "Answer for programs: one JSON object per line on standard output, the last one with"
              + " command, ok, summary, result and error.")
  private boolean json;

  @Option(
      names = "--debug",
      order = 101,
      description = "Show stack traces and what the libraries log, for a report of a bug.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      order = 102,
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Spec private CommandSpec spec;

  private final Host host;

  Verb(Host host) {
    this.host = host;
  }

  /** Does the work, and says how it ended. A {@link SluiceException} is an outcome, too. */
  abstract Outcome perform(Output output);

  @Override
  public final Integer call() {
    Logging.toStandardError(debug);
    Output output = new Output(host.out(), host.err(), host.terminal(), json, debug);
    return output.finish(spec.name(), outcome(output));
  }

  private Outcome outcome(Output output) {
    try {
      return perform(output);
    } catch (SluiceException e) {
      return Outcome.failed(e);
    } catch (RuntimeException e) {
      String what = e.getClass().getSimpleName();
      return Outcome.failed(
          new SluiceException(
              CommandError.INTERNAL,
              e.getMessage() == null ? what : what + ": " + e.getMessage(),
              Location.NONE,
              CommandError.INTERNAL.remedy(),
              e));
    }
  }

  /** An error of a call whose arguments make no sense together. */
  final SluiceException usage(String message) {
    return new SluiceException(
        CommandError.USAGE,
        message,
        Location.NONE,
        "Run sluice help " + spec.name() + " for help.",
        null);
  }

  final Host host() {
    return host;
  }
}
