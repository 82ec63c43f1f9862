package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    write(template());
    ObjectNode result = Output.object();
    result.put("file", file.toString());
    return Outcome.ok(
        "Wrote %s. Fill in the addresses, then: sluice validate %s".formatted(file, file), result);
  }

  private void write(byte[] text) {
    if (Files.exists(file)) {
      throw exists();
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      writeNew(text);
    } catch (IOException unwritable) {
      throw new SluiceException(
          CommandError.FILE_NOT_WRITTEN,
          file + " cannot be written: " + unwritable,
          Location.NONE,
          CommandError.FILE_NOT_WRITTEN.remedy(),
          unwritable);
    }
  }

  private void writeNew(byte[] text) throws IOException {
    try {
      Files.write(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException meanwhile) {
      throw exists();
    }
  }

  private SluiceException exists() {
    return new SluiceException(
        CommandError.FILE_EXISTS, file + " exists, and stays as it is", Location.NONE);
  }

  private static byte[] template() {
    try (InputStream in = InitVerb.class.getResourceAsStream("init.yaml")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
