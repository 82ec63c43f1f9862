package io.sluice.cli.reference;

import io.sluice.cli.Connectors;
import io.sluice.flows.schema.FlowSchema;
import io.sluice.sdk.connector.Connector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The generated part of {@code docs/}. The build calls it, so that it cannot be forgotten. */
public final class ReferenceFiles {
  private ReferenceFiles() {}

  /**
   * Writes the files that differ from what the code says.
   *
   * @param arguments the folder {@code docs}
   */
  public static void main(String[] arguments) throws IOException {
    Path docs = Path.of(arguments[0]);
    for (Map.Entry<String, String> file : generate(Connectors.all()).entrySet()) {
      Path path = docs.resolve(file.getKey());
      if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
    }
  }

  /** The contents by their paths below {@code docs}. */
  static Map<String, String> generate(List<Connector> connectors) {
    FlowSchema schema = new FlowSchema(connectors);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("schema/sluice.schema.json", schema.json());
    files.put("reference/flow.md", schema.reference());
    files.put("reference/command.md", CommandReference.markdown());
    files.put("errors.md", ErrorReference.markdown());
    return files;
  }
}
