package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.Copier;
import io.sluice.benchmarks.copier.CopierProcess;
import io.sluice.benchmarks.copier.Copy;
import io.sluice.benchmarks.load.Load;
import io.sluice.benchmarks.measure.Growth;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import java.io.IOException;
import java.time.Duration;

/**
 * One copier's turn: it starts, copies the topic into a fresh one, and is stopped when everything
 * is there or its time is over. The rate is that at which the target's topic grows.
 */
final class CopyTurn {
  private static final long SETTLE_MILLIS = 2_000;

  private final ClusterPair clusters;
  private final Load load;
  private final TopicWatch watch;

  /**
   * @param limit from the first message on
   */
  CopyTurn(ClusterPair clusters, Load load, Duration limit) {
    this.clusters = clusters;
    this.load = load;
    this.watch = new TopicWatch(load.messages(), limit);
  }

  /**
   * @throws IllegalStateException if the copier ends by itself, or if Sluice's copy is not exact
   */
  CopyResult run(Copier copier, Copy copy) throws IOException, InterruptedException {
    Growth growth = new Growth();
    long peakMemory;
    try (CopierProcess process = copier.start(copy, clusters.newFolder())) {
      watch(process, copy, growth);
      peakMemory = process.readings().peakMemory();
    }
    long copied = settledMessages(copy.targetTopic());
    if (copier == Copier.SLUICE) {
      requireExact(copy, copied);
    }
    return new CopyResult(copier, copied, growth.rate(), peakMemory);
  }

  /** A broker goes on to store what it was sent by a copier that has been stopped. */
  private long settledMessages(String topic) throws InterruptedException {
    long messages = clusters.target().messages(topic);
    for (long before = -1; messages < load.messages() && messages != before; ) {
      Thread.sleep(SETTLE_MILLIS);
      before = messages;
      messages = clusters.target().messages(topic);
    }
    return messages;
  }

  /** Looks at the target topic until everything is there, or the time is over. */
  void watch(CopierProcess process, Copy copy, Growth growth) throws InterruptedException {
    watch.run(process, () -> clusters.target().messages(copy.targetTopic()), growth);
  }

  /** What is there must be exact; what a copier was too slow for may be missing. */
  private void requireExact(Copy copy, long copied) {
    MirrorReport report =
        MirrorCheck.between(
                clusters.source().nameServer(),
                copy.topic(),
                clusters.target().nameServer(),
                copy.targetTopic())
            .run();
    if (report.lost() != load.messages() - copied
        || report.duplicated() + report.reordered() + report.corrupted() + report.extra() > 0) {
      throw new IllegalStateException("Not an exact copy: " + report);
    }
  }
}
