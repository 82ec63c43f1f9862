package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sluice init}. */
@Command(
    name = "init",
    header = "Write a commented flow file to start from.",
    description = {
      "Writes a flow between two instances, with a comment beside each choice. It is valid as it"
          + " is; the addresses are to be filled in.",
      "A file that exists is never touched."
    },
    footer = {"  sluice init", "  sluice init flows/orders.yaml"})
final class InitVerb extends Verb {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "flow.yaml",
      description = "Where to write it (default: ${DEFAULT-VALUE}). Missing folders are created.")
  private Path file = Path.of("flow.yaml");

  InitVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    new NewFile(file).write(template());
    ObjectNode result = Output.object();
    result.put("file", file.toString());
    return Outcome.ok(
        "Wrote %s. Fill in the addresses, then: sluice validate %s".formatted(file, file), result);
  }

  private static byte[] template() {
    try (InputStream in = InitVerb.class.getResourceAsStream("init.yaml")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
