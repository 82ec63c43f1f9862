package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.CopierProcess;
import io.sluice.benchmarks.copier.Copy;
import io.sluice.benchmarks.copier.SluiceProgram;
import io.sluice.benchmarks.load.FirstMessages;
import io.sluice.benchmarks.measure.LiveHeap;
import io.sluice.benchmarks.report.Figures;
import io.sluice.benchmarks.report.MarkdownTable;
import io.sluice.testkit.MirrorFlow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What flows cost that have nothing to do: one runtime with one of them, and one with many; the
 * difference is what each further flow costs.
 */
final class IdleFlows implements Scenario {
  private static final int FLOWS = 1_000;
  private static final int QUEUES = 1;
  private static final Duration REST = Duration.ofSeconds(30);
  private static final Duration WATCH = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long POLL_MILLIS = 200;
  private static final double KILO = 1e3;

  /** What a runtime takes when it has settled. */
  private record Reading(int flows, long heap, int threads, Duration cpu, long peakMemory) {}

  @Override
  public String name() {
    return "idle-flows";
  }

  @Override
  public String title() {
    return "Flows with nothing to do, each between two topics of one queue";
  }

  @Override
  public MarkdownTable measure(Settings settings) throws Exception {
    try (ClusterPair clusters = ClusterPair.start(settings.folder())) {
      int flows = Math.toIntExact(settings.effort().part(FLOWS));
      settings.progress().accept("creating %d topics at each end".formatted(flows));
      List<Copy> copies =
          IntStream.range(0, flows).mapToObj(number -> idle(clusters, number)).toList();
      FirstMessages.send(clusters.source().nameServer(), copies.stream().map(Copy::topic).toList());
      Reading one = read(clusters, copies.subList(0, 1));
      settings.progress().accept(one.toString());
      Reading many = read(clusters, copies);
      settings.progress().accept(many.toString());
      return table(one, many);
    }
  }

  private static Copy idle(ClusterPair clusters, int number) {
    String topic = "idle_" + number;
    clusters.source().createTopic(topic, QUEUES);
    return clusters.newCopy(topic, QUEUES, 0);
  }

  private static Reading read(ClusterPair clusters, List<Copy> copies) throws Exception {
    Path folder = clusters.newFolder();
    Path flows =
        MirrorFlow.write(folder.resolve("flows.yaml"), copies.stream().map(Copy::flow).toList());
    try (CopierProcess process = SluiceProgram.start(flows, folder, List.of())) {
      for (Copy copy : copies) {
        awaitFirstMessage(clusters, copy, process);
      }
      Thread.sleep(REST.toMillis());
      Duration before = process.readings().cpu();
      Thread.sleep(WATCH.toMillis());
      Duration cpu = process.readings().cpu().minus(before);
      return new Reading(
          copies.size(),
          LiveHeap.of(process.pid()),
          process.readings().threads(),
          cpu,
          process.readings().peakMemory());
    }
  }

  /** A flow that has copied a message runs. */
  private static void awaitFirstMessage(ClusterPair clusters, Copy copy, CopierProcess process)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (clusters.target().messages(copy.targetTopic()) == 0) {
      process.requireAlive();
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("A flow does not run: " + copy);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static MarkdownTable table(Reading one, Reading many) {
    MarkdownTable table =
        new MarkdownTable(
            "flows",
            "live heap MB",
            "threads",
            "CPU ms/s",
            "peak RSS MB",
            "heap KB/flow",
            "threads/flow",
            "CPU µs/s per flow");
    double more = many.flows() - one.flows();
    row(table, one, "–", "–", "–");
    row(
        table,
        many,
        Figures.of((many.heap() - one.heap()) / KILO / more),
        Figures.of((many.threads() - one.threads()) / more),
        Figures.of(cpuMicros(many.cpu().minus(one.cpu())) / more));
    return table;
  }

  private static void row(MarkdownTable table, Reading reading, String... perFlow) {
    table.row(
        Figures.exactly(reading.flows()),
        Figures.megabytes(reading.heap()),
        Integer.toString(reading.threads()),
        Figures.of(cpuMicros(reading.cpu()) / KILO),
        Figures.megabytes(reading.peakMemory()),
        perFlow[0],
        perFlow[1],
        perFlow[2]);
  }

  /** For each second. */
  private static double cpuMicros(Duration whileWatched) {
    return whileWatched.toNanos() / KILO / WATCH.toSeconds();
  }
}
