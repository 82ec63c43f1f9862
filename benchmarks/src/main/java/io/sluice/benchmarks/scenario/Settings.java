package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.Copier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How thoroughly the suite measures, and what.
 *
 * @param folder where servers and copiers keep their files
 * @param copiers in the order in which they take turns
 * @param effort how long to measure
 * @param choice which of a scenario's cases to run
 * @param progress told what is going on, line by line
 */
public record Settings(
    Path folder, List<Copier> copiers, Effort effort, Choice choice, Consumer<String> progress) {
  public Settings {
    copiers = List.copyOf(copiers);
  }

  /**
   * How long to measure.
   *
   * @param rounds how many turns each copier gets
   * @param messages of a load, in place of the scenario's own number
   * @param share of a scenario's own number of messages or flows
   * @param limit after which a slow copier is stopped, counted from its first message
   * @param pacing how long latency is measured
   */
  public record Effort(
      int rounds, OptionalLong messages, double share, Duration limit, Duration pacing) {

    /** How many messages to load where a scenario would load so many. */
    long messages(long usual) {
      return messages.orElse(part(usual));
    }

    /** The share of a scenario's own number of anything; at least 1. */
    long part(long usual) {
      return Math.max(1, (long) (usual * share));
    }
  }

  /**
   * Which cases to run; an empty set means all.
   *
   * @param sizes of bodies, in bytes
   * @param roundTrips in milliseconds
   */
  public record Choice(Set<Integer> sizes, Set<Integer> queues, Set<Integer> roundTrips) {

    boolean has(CopyCase copy) {
      return has(sizes, copy.bodyBytes())
          && has(queues, copy.queues())
          && has(roundTrips, copy.roundTripMillis());
    }

    private static boolean has(Set<Integer> chosen, int value) {
      return chosen.isEmpty() || chosen.contains(value);
    }
  }
}
