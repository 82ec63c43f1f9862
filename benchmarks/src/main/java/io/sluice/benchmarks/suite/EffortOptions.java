package io.sluice.benchmarks.suite;

import io.sluice.benchmarks.scenario.Settings.Effort;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** How thoroughly to measure. */
final class EffortOptions {
  private static final int ROUNDS = 3;
  private static final double QUICK_SHARE = 0.1;
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final Duration QUICK_LIMIT = Duration.ofSeconds(20);
  private static final Duration PACING = Duration.ofSeconds(60);
  private static final Duration QUICK_PACING = Duration.ofSeconds(15);

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Turns of each copier in each case. Default: 3, with --quick 1.")
  private Optional<Integer> runs = Optional.empty();

  @Option(
      names = "--messages",
      paramLabel = "N",
      description =
          "Messages to copy in each case. Default: as many as make 3 GiB, and at most 4,000,000;"
              + " for backlog 5,000,000.")
  private Optional<Long> messages = Optional.empty();

  @Option(
      names = "--quick",
      description =
          "To see that it works: one turn, a tenth of the messages and flows, shorter limits.")
  private boolean quick;

  Effort effort() {
    return new Effort(
        runs.orElse(quick ? 1 : ROUNDS),
        messages.map(OptionalLong::of).orElse(OptionalLong.empty()),
        quick ? QUICK_SHARE : 1,
        quick ? QUICK_LIMIT : LIMIT,
        quick ? QUICK_PACING : PACING);
  }
}
