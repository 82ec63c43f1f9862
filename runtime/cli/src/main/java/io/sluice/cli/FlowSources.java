package io.sluice.cli;

import io.sluice.flows.FlowLoader;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of verbs that load flows without running them: variables of the environment. */
final class FlowSources {

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description =
          "What $${env:NAME} stands for in this call, before the environment; any number of times.")
  private Map<String, String> variables = Map.of();

  /** A loader of flows in which these variables are set. */
  FlowLoader loader(Host host) {
    return new FlowLoader(
        Connectors.all(),
        name -> Optional.ofNullable(variables.get(name)).or(() -> host.environment().apply(name)));
  }
}
