package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.output.ExitStatus;
import io.sluice.cli.output.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CommandTreeTest {

  static Collection<CommandLine> verbs() {
    return tree().getSubcommands().values().stream()
        .filter(command -> !command.getCommandSpec().helpCommand())
        .toList();
  }

  private static CommandLine tree() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return CommandTree.create(
        new Host(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            Terminal.NONE,
            name -> Optional.empty(),
            stop -> {}));
  }

  @Test
  void hasTheVerbs() {
    assertThat(tree().getSubcommands().keySet())
        .containsExactlyInAnyOrder(
            "init",
            "run",
            "validate",
            "test",
            "explain",
            "import",
            "doctor",
            "send",
            "put-events",
            "tail",
            "dlq",
            "replay",
            "version",
            "help");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbIsDescribedWithExamplesAndExitCodes(CommandLine verb) {
    CommandSpec spec = verb.getCommandSpec();
    assertThat(spec.usageMessage().header()).hasSize(1);
    assertThat(spec.usageMessage().description()).isNotEmpty();
    assertThat(spec.usageMessage().footer())
        .isNotEmpty()
        .allMatch(example -> example.contains("sluice " + spec.name()));
    assertThat(spec.usageMessage().exitCodeList()).hasSize(ExitStatus.values().length);
    assertThat(verb.getUsageMessage()).contains("Exit codes").contains("Examples:");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbAnswersInJsonAndHelps(CommandLine verb) {
    assertThat(verb.getCommandSpec().optionsMap()).containsKeys("--json", "--debug", "--help");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyOptionIsDescribed(CommandLine verb) {
    for (OptionSpec option : verb.getCommandSpec().options()) {
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
      assertThat(Arrays.stream(option.description()).reduce("", String::concat))
          .as(option.longestName())
          .endsWith(".");
    }
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyExampleCanBeParsed(CommandLine verb) {
    for (String example : verb.getCommandSpec().usageMessage().footer()) {
      String call = example.substring(example.indexOf("sluice ") + "sluice ".length());
      tree().parseArgs(call.strip().split("\\s+"));
    }
  }
}
