package io.sluice.cli;

import io.sluice.sdk.instance.Instance;
import picocli.CommandLine.Mixin;
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

  @Mixin private DeclarationOptions declarations = new DeclarationOptions();

  String topic() {
    return topic;
  }

  /** The instance that the options speak of. */
  Instance find(Host host) {
    return declarations.instance(instance, () -> declarations.load(host));
  }
}
