package io.sluice.benchmarks.suite;

import io.sluice.benchmarks.scenario.Settings.Choice;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which cases of a scenario to run. */
final class ChoiceOptions {

  @Option(
      names = "--size",
      split = ",",
      paramLabel = "BYTES",
      description = "Only cases with these sizes of the body: 100, 1024, 16384.")
  private Set<Integer> sizes = Set.of();

  @Option(
      names = "--queues",
      split = ",",
      paramLabel = "N",
      description = "Only cases with these numbers of queues: 1, 8, 64.")
  private Set<Integer> queues = Set.of();

  @Option(
      names = "--round-trip",
      split = ",",
      paramLabel = "MILLIS",
      description = "Only cases with these distances of the target: 0, 20, 100, 200.")
  private Set<Integer> roundTrips = Set.of();

  Choice choice() {
    return new Choice(sizes, queues, roundTrips);
  }
}
