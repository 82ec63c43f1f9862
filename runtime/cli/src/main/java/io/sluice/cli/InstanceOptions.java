package io.sluice.cli;

import io.sluice.cli.message.InstanceLookup;
import io.sluice.flows.FlowLoader;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.instance.Instance;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options by which {@code send} and {@code tail} find what they talk to. */
final class InstanceOptions {

  @Option(
      names = "--instance",
      required = true,
      paramLabel = "NAME",
      description =
          "An instance or integrated broker by its name in the flow files, or the address of a name"
              + " server, host:port, which is reached in plaintext without credentials.")
  private String instance = "";

  @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "The topic.")
  private String topic = "";

  @Option(
      names = "--flows",
      paramLabel = "PATH",
      defaultValue = ".",
      description =
          "Flow file, or folder of them, that declares the instance. Default: the current folder.")
  private Path flows = Path.of(".");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "sluice-data",
      description =
          "Data directory of the run that serves an integrated broker. Default: ${DEFAULT-VALUE}.")
  private Path dataDir = Path.of("sluice-data");

  String topic() {
    return topic;
  }

  /** The instance that the options speak of. */
  Instance find(Host host) {
    return new InstanceLookup(dataDir.resolve("brokers"), () -> load(host)).find(instance);
  }

  /** What can be used of the flow files: errors elsewhere in them are no concern here. */
  private FlowModel load(Host host) {
    return new FlowLoader(Connectors.all(), host.environment()).load(List.of(flows)).model();
  }
}
