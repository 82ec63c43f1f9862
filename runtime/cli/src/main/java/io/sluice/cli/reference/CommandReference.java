package io.sluice.cli.reference;

import io.sluice.cli.CommandTree;
import io.sluice.cli.Host;
import io.sluice.cli.output.ExitStatus;
import io.sluice.cli.output.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command, its verbs and options as Markdown. */
final class CommandReference {
  private CommandReference() {}

  static String markdown() {
    CommandLine tree = tree();
    StringBuilder page = new StringBuilder();
    page.append("# The command\n\n");
    page.append(text(tree.getCommandSpec().usageMessage().header())).append("\n\n");
    page.append("```\nsluice VERB [OPTIONS] ...\nsluice help VERB\n```\n");
    exitCodes(page);
    tree.getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().helpCommand()) {
                verb(page, command.getCommandSpec());
              }
            });
    return page.toString();
  }

  static CommandLine tree() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return CommandTree.create(
        new Host(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            Terminal.NONE,
            variable -> Optional.empty(),
            stop -> {}));
  }

  private static void exitCodes(StringBuilder page) {
    page.append("\n## Exit codes\n\n");
    page.append("Of several, the highest.\n\n| code | meaning |\n|---|---|\n");
    for (ExitStatus status : ExitStatus.values()) {
      page.append("| ").append(status.number()).append(" | ");
      page.append(status.meaning()).append(" |\n");
    }
  }

  private static void verb(StringBuilder page, CommandSpec verb) {
    page.append("\n## ").append(verb.name()).append("\n\n");
    page.append(text(verb.usageMessage().header())).append("\n\n```\n");
    page.append(synopsis(verb)).append("\n```\n\n");
    page.append(text(verb.usageMessage().description())).append("\n\n");
    page.append("| option | meaning |\n|---|---|\n");
    for (PositionalParamSpec parameter : verb.positionalParameters()) {
      row(page, parameter.paramLabel(), parameter.description(), parameter.defaultValueString());
    }
    for (OptionSpec option : options(verb)) {
      String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      row(
          page,
          String.join(", ", List.of(option.names())) + label,
          option.description(),
          option.defaultValueString());
    }
    page.append("\nExamples:\n\n```\n");
    for (String example : verb.usageMessage().footer()) {
      page.append(example.strip()).append("\n");
    }
    page.append("```\n");
  }

  private static String synopsis(CommandSpec verb) {
    return verb.commandLine().getHelp().synopsis(0).strip();
  }

  /** Those of the verb first, those of every verb last, as in its help. */
  private static List<OptionSpec> options(CommandSpec verb) {
    return verb.options().stream().sorted(Comparator.comparingInt(OptionSpec::order)).toList();
  }

  private static void row(
      StringBuilder page, String label, String[] description, String defaultValue) {
    String meaning = text(description).replace("${DEFAULT-VALUE}", defaultValue);
    page.append("| `").append(label.replace("|", "\\|")).append("` | ");
    page.append(Markdown.cell(meaning)).append(" |\n");
  }

  /** Lines as paragraphs; an indented one as code. */
  private static String text(String[] lines) {
    return Arrays.stream(lines)
        .map(line -> line.startsWith("  ") ? "```\n" + line.strip() + "\n```" : line)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }
}
