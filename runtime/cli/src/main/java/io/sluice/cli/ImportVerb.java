package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.alibaba.AlibabaImport;
import io.sluice.cli.alibaba.AlibabaImport.Imported;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice import}. */
@Command(
    name = "import",
    header = "Make a flow file of another system's document.",
    description = {
      "Takes the JSON of CreateEventStreaming or CreateRule, as Alibaba Cloud EventBridge's API has"
          + " it, or a list of such documents, and prints a flow file. Rules become one flow for each"
          + " target; a CreateEventSource in the same file says what their bus reads.",
      "",
      "Addresses and secrets that the document does not hold, or that are not for files, become"
          + " variables of the environment. Everything that a flow file cannot say is listed on"
          + " standard error and in comments."
    },
    footer = {
      "  sluice import alibaba stream.json",
      "  sluice import alibaba rules.json --output flows/rules.yaml",
      "  sluice import alibaba stream.json --strict"
    })
final class ImportVerb extends Verb {

  /** What is imported. */
  enum Format {
    /** Alibaba Cloud EventBridge. */
    ALIBABA
  }

  @Parameters(index = "0", paramLabel = "FORMAT", description = "What it is: alibaba.")
  private Format format = Format.ALIBABA;

  @Parameters(index = "1", paramLabel = "FILE", description = "The document; - for standard input.")
  private String file = "-";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write the flow file, in place of standard output.")
  private Optional<Path> target = Optional.empty();

  @Option(
      names = "--strict",
      description = "Write nothing, and fail, if a flow file cannot say everything.")
  private boolean strict;

  ImportVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    Imported imported =
        switch (format) {
          case ALIBABA -> AlibabaImport.of(file, text());
        };
    imported.losses().forEach(loss -> output.remark("not imported: " + loss));
    ObjectNode result = Output.object();
    ArrayNode losses = result.putArray("notImported");
    imported
        .losses()
        .forEach(loss -> losses.addObject().put("field", loss.field()).put("why", loss.why()));
    if (strict && !imported.losses().isEmpty()) {
      throw new SluiceException(
          CommandError.NOT_IMPORTED,
          Count.of(imported.losses().size(), "field") + " of it cannot be imported.",
          new Location.Named(file));
    }
    result.put("flow", imported.yaml());
    if (target.isEmpty()) {
      output.paint(imported.yaml());
      return Outcome.ok("", result);
    }
    new NewFile(target.get()).write(imported.yaml().getBytes(StandardCharsets.UTF_8));
    return Outcome.ok(
        "Wrote %s. Next: sluice validate %s".formatted(target.get(), target.get()), result);
  }

  private String text() {
    try {
      byte[] bytes =
          file.equals("-") ? host().in().readAllBytes() : Files.readAllBytes(Path.of(file));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new SluiceException(
          CommandError.IMPORT_UNREADABLE,
          "The document cannot be read.",
          new Location.Named(file),
          CommandError.IMPORT_UNREADABLE.remedy(),
          unreadable);
    }
  }
}
