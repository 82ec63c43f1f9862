package io.sluice.cli;

import io.sluice.cli.message.TailStart;
import io.sluice.cli.output.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The verbs put together, and what their help texts have in common. */
public final class CommandTree {
  private static final int HELP_WIDTH = 100;

  private CommandTree() {}

  /** The whole command. */
  public static CommandLine create(Host host) {
    CommandLine tree =
        new CommandLine(new SluiceCommand(host))
            .addSubcommand(new InitVerb(host))
            .addSubcommand(new RunVerb(host))
            .addSubcommand(new ValidateVerb(host))
            .addSubcommand(new TestVerb(host))
            .addSubcommand(new ExplainVerb(host))
            .addSubcommand(new ImportVerb(host))
            .addSubcommand(new DoctorVerb(host))
            .addSubcommand(new SendVerb(host))
            .addSubcommand(new PutEventsVerb(host))
            .addSubcommand(new TailVerb(host))
            .addSubcommand(new DlqVerb(host))
            .addSubcommand(new ReplayVerb(host))
            .addSubcommand(new VersionVerb(host))
            .addSubcommand(new CommandLine.HelpCommand());
    tree.getCommandSpec().versionProvider(() -> new String[] {Versions.load().line()});
    Ansi ansi = host.terminal().colors() && host.terminal().liveOutput() ? Ansi.ON : Ansi.OFF;
    tree.setOut(host.out())
        .setErr(host.err())
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(HELP_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, Durations::parse)
        .registerConverter(TailStart.class, text -> converted(TailStart::parse, text))
        .registerConverter(Instant.class, text -> converted(TailStart::time, text))
        .setParameterExceptionHandler(new UsageErrors(host));
    describe(tree);
    tree.getSubcommands().values().forEach(CommandTree::describe);
    return tree;
  }

  private static void describe(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.sortOptions(false);
    usage.sortSynopsis(false);
    usage.optionListHeading("%nOptions:%n");
    usage.parameterListHeading("%n");
    usage.commandListHeading("%nVerbs:%n");
    usage.descriptionHeading("%n");
    if (usage.footer().length > 0) {
      usage.footerHeading("%nExamples:%n");
    }
    usage.exitCodeListHeading("%nExit codes (of several, the highest):%n");
    usage.exitCodeList(exitCodes());
  }

  private static <T> T converted(Function<String, T> reading, String text) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitStatus status : ExitStatus.values()) {
      codes.put(" " + status.number(), status.meaning());
    }
    return codes;
  }
}
