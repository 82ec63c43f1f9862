package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.Copier;
import io.sluice.benchmarks.copier.CopierProcess;
import io.sluice.benchmarks.copier.Copy;
import io.sluice.benchmarks.load.LatencyReader;
import io.sluice.benchmarks.load.PacedSender;
import io.sluice.benchmarks.report.MarkdownTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How old messages are when a consumer at the target gets them, and how old when one at the source
 * does, at a steady 5,000 messages a second. The first ten seconds do not count.
 */
final class Latency implements Scenario {
  private static final int RATE = 5_000;
  private static final int BODY_BYTES = 1024;
  private static final int QUEUES = 8;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 50;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String title() {
    return "Latency at 5,000 messages/s of 1 KB, 8 queues";
  }

  @Override
  public int rounds(Settings settings) {
    return settings.effort().rounds();
  }

  @Override
  public MarkdownTable measure(Settings settings) throws Exception {
    LatencyTable table = new LatencyTable();
    List<LatencyResult> results = new ArrayList<>();
    try (ClusterPair clusters = ClusterPair.start(settings.folder())) {
      for (int round = 1; round <= settings.effort().rounds(); round++) {
        for (Copier copier : settings.copiers()) {
          String topic = "paced_%d_%s".formatted(round, copier.name());
          clusters.source().createTopic(topic, QUEUES);
          Copy copy = clusters.newCopy(topic, QUEUES, 0);
          LatencyResult result = turn(clusters, copier, copy, settings.effort().pacing());
          results.add(result);
          settings.progress().accept("latency, round %d, %s".formatted(round, result));
        }
      }
    }
    return table.markdown(settings.copiers(), results);
  }

  private static LatencyResult turn(ClusterPair clusters, Copier copier, Copy copy, Duration pacing)
      throws Exception {
    try (CopierProcess process = copier.start(copy, clusters.newFolder());
        PacedSender sender =
            new PacedSender(clusters.source().nameServer(), copy.topic(), BODY_BYTES);
        LatencyReader atSource = new LatencyReader(clusters.source().nameServer(), copy.topic());
        LatencyReader atTarget =
            new LatencyReader(clusters.target().nameServer(), copy.targetTopic())) {
      sender.sendToEachQueue();
      awaitArrival(process, sender, atSource, atTarget);
      sender.send(RATE, WARM_UP);
      long begin = System.nanoTime();
      Duration before = process.readings().cpu();
      sender.send(RATE, pacing);
      Duration cpu = process.readings().cpu().minus(before);
      awaitArrival(process, sender, atSource, atTarget);
      double cpuMicros = cpu.toNanos() / 1_000.0 / (RATE * (double) pacing.toSeconds());
      return new LatencyResult(copier, atSource.ages(begin), atTarget.ages(begin), cpuMicros);
    }
  }

  /** Everything that was sent must come; more than that is a copier's repetition. */
  private static void awaitArrival(
      CopierProcess process, PacedSender sender, LatencyReader atSource, LatencyReader atTarget)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Math.min(atSource.arrived(), atTarget.arrived()) < sender.sent()) {
      process.requireAlive();
      sender.requireAccepted();
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "Of %,d messages the consumer at the source got %,d, the one at the target %,d"
                .formatted(sender.sent(), atSource.arrived(), atTarget.arrived()));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
