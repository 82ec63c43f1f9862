package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.CopierProcess;
import io.sluice.benchmarks.copier.Copy;
import io.sluice.benchmarks.copier.SluiceProgram;
import io.sluice.benchmarks.load.Load;
import io.sluice.benchmarks.measure.CollectorLog;
import io.sluice.benchmarks.measure.Growth;
import io.sluice.benchmarks.report.Figures;
import io.sluice.benchmarks.report.MarkdownTable;
import java.nio.file.Path;
import java.util.List;

/** How much memory Sluice needs for a backlog that is many times as large. */
final class Backlog implements Scenario {
  private static final long MESSAGES = 5_000_000;
  private static final int BODY_BYTES = 1024;
  private static final int QUEUES = 8;
  private static final String HEAP = "-Xmx256m";
  private static final String TOPIC = "backlog";
  private static final long LOOK_MILLIS = 200;

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public String title() {
    return "A backlog of 1 KB messages through a heap of 256 MB, 8 queues";
  }

  @Override
  public MarkdownTable measure(Settings settings) throws Exception {
    Load load = new Load(settings.effort().messages(MESSAGES), BODY_BYTES, QUEUES);
    try (ClusterPair clusters = ClusterPair.start(settings.folder())) {
      settings.progress().accept("loading %s messages".formatted(Figures.exactly(load.messages())));
      clusters.source().createTopic(TOPIC, QUEUES);
      load.send(clusters.source().nameServer(), TOPIC);
      return drain(clusters, load);
    }
  }

  private static MarkdownTable drain(ClusterPair clusters, Load load) throws Exception {
    Copy copy = clusters.newCopy(TOPIC, QUEUES, 0);
    Path folder = clusters.newFolder();
    Path collections = folder.resolve("collections.log");
    Path flows = copy.flow().write(folder.resolve("flows.yaml"));
    Growth growth = new Growth();
    long peakMemory;
    try (CopierProcess process =
        SluiceProgram.start(flows, folder, List.of(HEAP, "-Xlog:gc:" + collections))) {
      while (growth.messages() < load.messages()) {
        process.requireAlive();
        long messages = clusters.target().messages(copy.targetTopic());
        growth.add(new Growth.Point(System.nanoTime(), messages, process.readings().cpu()));
        Thread.sleep(LOOK_MILLIS);
      }
      peakMemory = process.readings().peakMemory();
    }
    CollectorLog heap = CollectorLog.read(collections);
    MarkdownTable table =
        new MarkdownTable(
            "messages",
            "messages/s",
            "CPU µs/message",
            "peak RSS MB",
            "peak heap MiB",
            "peak heap after a collection MiB");
    table.row(
        Figures.exactly(growth.messages()),
        Figures.of(growth.rate().messagesPerSecond()),
        Figures.of(growth.rate().cpuMicros()),
        Figures.megabytes(peakMemory),
        Figures.exactly(heap.peak()),
        Figures.exactly(heap.peakAfterCollection()));
    return table;
  }
}
