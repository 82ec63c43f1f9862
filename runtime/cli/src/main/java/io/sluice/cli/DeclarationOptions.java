package io.sluice.cli;

import io.sluice.cli.message.InstanceLookup;
import io.sluice.flows.FlowLoader;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.instance.Instance;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Options that say where flows and instances are declared. */
final class DeclarationOptions {

  @Option(
      names = "--flows",
      paramLabel = "PATH",
      defaultValue = ".",
      description =
          "Flow file, or folder of them, that declares flow and instances. Default: the current"
              + " folder.")
  private Path flows = Path.of(".");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "sluice-data",
      description =
          "Data directory of the run that serves an integrated broker. Default: ${DEFAULT-VALUE}.")
  private Path dataDir = Path.of("sluice-data");

  Path flows() {
    return flows;
  }

  /** What can be used of the flow files: errors elsewhere in them are no concern here. */
  FlowModel load(Host host) {
    return new FlowLoader(Connectors.all(), host.environment()).load(List.of(flows)).model();
  }

  /**
   * An instance or integrated broker by its name, or the name server at an address.
   *
   * @param model asked for if the name is not an integrated broker's
   */
  Instance instance(String name, Supplier<FlowModel> model) {
    return new InstanceLookup(dataDir.resolve("brokers"), model).find(name);
  }
}
