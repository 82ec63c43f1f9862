package io.sluice.cli;

import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a call whose words make no sense like any other error: with a code and a way out. */
final class UsageErrors implements IParameterExceptionHandler {
  private final Host host;

  UsageErrors(Host host) {
    this.host = host;
  }

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandSpec command = error.getCommandLine().getCommandSpec();
    List<String> words = Arrays.asList(arguments);
    Output output =
        new Output(
            host.out(),
            host.err(),
            host.terminal(),
            words.contains("--json"),
            words.contains("--debug"));
    SluiceException usage =
        new SluiceException(
            CommandError.USAGE,
            message(error, command),
            Location.NONE,
            suggestion(error, command),
            error);
    return output.finish(command.name(), Outcome.failed(usage));
  }

  private static String message(ParameterException error, CommandSpec command) {
    if (error instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String word = unmatched.getUnmatched().get(0);
      return command.parent() == null
          ? "There is no verb " + word + "."
          : "There is nothing that " + command.name() + " could do with " + word + ".";
    }
    String line = error.getMessage().lines().findFirst().orElse("The arguments make no sense");
    return line.endsWith(".") ? line : line + ".";
  }

  private static String suggestion(ParameterException error, CommandSpec command) {
    String help =
        "Run sluice help" + (command.parent() == null ? "" : " " + command.name()) + " for help.";
    if (error instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        return "Did you mean " + String.join(" or ", near) + "? " + help;
      }
    }
    return help;
  }
}
