package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import picocli.CommandLine.Command;

/** {@code sluice version}. */
@Command(
    name = "version",
    header = "Show the versions of Sluice and of what it is built on.",
    description = "Shows the versions of Sluice, RocketMQ and Camel, and of the Java that runs it.",
    footer = {"  sluice version", "  sluice version --json"})
final class VersionVerb extends Verb {

  VersionVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    Versions versions = Versions.load();
    ObjectNode result = Output.object();
    result.put("sluice", versions.sluice());
    result.put("rocketmq", versions.rocketmq());
    result.put("camel", versions.camel());
    result.put("java", Runtime.version().toString());
    return Outcome.ok(versions.line(), result);
  }
}
