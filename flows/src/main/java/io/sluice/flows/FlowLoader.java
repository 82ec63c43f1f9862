package io.sluice.flows;

import io.sluice.flows.binding.FlowBinder;
import io.sluice.flows.document.DocumentReader;
import io.sluice.flows.document.Node;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.interpolation.Interpolator;
import io.sluice.flows.pattern.PatternText;
import io.sluice.flows.schema.FlowSchema;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.error.Location.InFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Loads flow files: reads them, replaces placeholders, checks them against the schema, binds them
 * and checks them against each other. Whatever is wrong becomes a finding; nothing is thrown. Reads
 * files and the given environment, and nothing else. For one thread.
 */
public final class FlowLoader {
  private final List<Connector> connectors;
  private final Function<String, Optional<String>> environment;
  private final FlowSchema schema;

  /**
   * @param connectors those that flows may name
   * @param environment what {@code ${env:NAME}} stands for
   */
  public FlowLoader(
      Collection<? extends Connector> connectors, Function<String, Optional<String>> environment) {
    this.connectors = List.copyOf(connectors);
    this.environment = environment;
    this.schema = new FlowSchema(connectors);
  }

  /**
   * Everything that files and folders hold. Of a folder, the files that end in {@code .yaml},
   * {@code .yml} or {@code .json}, by name, without those in folders below it; files that end in
   * {@code _test} before that hold tests and are left out.
   */
  public LoadedFlows load(List<Path> paths) {
    Findings findings = new Findings();
    return load(paths, new FlowFiles(findings).find(paths), findings);
  }

  /** The same with the files of tests: those in folders, and those beside the files of flows. */
  public LoadedFlows loadWithTests(List<Path> paths) {
    Findings findings = new Findings();
    return load(paths, new FlowFiles(findings).findWithTests(paths), findings);
  }

  private LoadedFlows load(List<Path> paths, List<Path> files, Findings findings) {
    DocumentReader reader = new DocumentReader(findings);
    Interpolator interpolator = new Interpolator(environment, findings);
    Assembly assembly =
        new Assembly(schema, new FlowBinder(connectors, schema, findings), findings);
    for (Path file : files) {
      Path folder = file.toAbsolutePath().getParent();
      for (Node document : reader.read(file)) {
        int before = findings.errors();
        Node resolved = interpolator.resolve(PatternText.expand(document, findings), folder);
        assembly.add(resolved, findings.errors() == before);
      }
    }
    if (assembly.isEmpty() && findings.errors() == 0) {
      String path = paths.isEmpty() ? "." : paths.get(0).toString();
      findings.warning(
          FlowError.NOTHING_FOUND,
          new InFile(path, 1, 1),
          "there are no documents here",
          FlowError.NOTHING_FOUND.remedy());
    }
    return assembly.loaded();
  }
}
