package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.CopierProcess;
import io.sluice.benchmarks.copier.Copy;
import io.sluice.benchmarks.copier.GrpcCopier;
import io.sluice.benchmarks.copier.GrpcCopy;
import io.sluice.benchmarks.copier.GrpcCopy.Direction;
import io.sluice.benchmarks.load.Load;
import io.sluice.benchmarks.measure.Growth;
import io.sluice.benchmarks.measure.Median;
import io.sluice.benchmarks.report.Figures;
import io.sluice.benchmarks.report.MarkdownTable;
import io.sluice.testkit.Lifetime;
import io.sluice.testkit.ReleasedProxy;
import io.sluice.testkit.ServerSecurity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How fast a backlog crosses by gRPC, in either direction, beside RocketMQ's own gRPC client. */
final class GrpcCopying implements Scenario {
  private static final long MESSAGES = 500_000;
  private static final int BODY_BYTES = 1024;
  private static final int QUEUES = 8;
  private static final String TOPIC = "orders";

  @Override
  public String name() {
    return "grpc";
  }

  @Override
  public String title() {
    return "Copying a backlog of 1 KB messages by gRPC, 8 queues";
  }

  @Override
  public int rounds(Settings settings) {
    return settings.effort().rounds();
  }

  @Override
  public MarkdownTable measure(Settings settings) throws Exception {
    Load load = new Load(settings.effort().messages(MESSAGES), BODY_BYTES, QUEUES);
    MarkdownTable table =
        new MarkdownTable(
            "direction", "copier", "messages/s", "CPU µs/message", "rate: Sluice ÷ this");
    try (ClusterPair clusters = ClusterPair.start(settings.folder());
        ReleasedProxy source = proxy(clusters, "source");
        ReleasedProxy target = proxy(clusters, "target")) {
      settings.progress().accept("loading %s messages".formatted(Figures.exactly(load.messages())));
      clusters.source().createTopic(TOPIC, QUEUES);
      load.send(clusters.source().nameServer(), TOPIC);
      CopyTurn turn = new CopyTurn(clusters, load, settings.effort().limit());
      for (Direction direction : Direction.values()) {
        List<Map<GrpcCopier, Growth.Rate>> rounds = new ArrayList<>();
        for (int round = 0; round < settings.effort().rounds(); round++) {
          Map<GrpcCopier, Growth.Rate> rates = new EnumMap<>(GrpcCopier.class);
          for (GrpcCopier copier : GrpcCopier.values()) {
            Copy copy = clusters.newCopy(TOPIC, QUEUES, 0);
            Growth.Rate rate =
                run(turn, copier, copy, grpc(direction, copy, source, target), clusters);
            rates.put(copier, rate);
            settings
                .progress()
                .accept(
                    "%s, %s: %s messages/s"
                        .formatted(direction, copier, Figures.of(rate.messagesPerSecond())));
          }
          rounds.add(rates);
        }
        addRows(table, direction, rounds);
      }
    }
    return table;
  }

  private static ReleasedProxy proxy(ClusterPair clusters, String name) throws Exception {
    return ReleasedProxy.start(
        name.equals("source") ? clusters.source() : clusters.target(),
        name,
        clusters.newFolder(),
        ServerSecurity.none(),
        Lifetime.LONG);
  }

  private static GrpcCopy grpc(
      Direction direction, Copy copy, ReleasedProxy source, ReleasedProxy target) {
    return new GrpcCopy(
        direction,
        copy.from(),
        source.grpcAddress(),
        copy.to(),
        target.grpcAddress(),
        copy.topic(),
        copy.targetTopic());
  }

  private static Growth.Rate run(
      CopyTurn turn, GrpcCopier copier, Copy copy, GrpcCopy grpc, ClusterPair clusters)
      throws Exception {
    Growth growth = new Growth();
    try (CopierProcess process = copier.start(grpc, clusters.newFolder())) {
      turn.watch(process, copy, growth);
    }
    return growth.rate();
  }

  private static void addRows(
      MarkdownTable table, Direction direction, List<Map<GrpcCopier, Growth.Rate>> rounds) {
    for (GrpcCopier copier : GrpcCopier.values()) {
      table.row(
          direction.toString(),
          copier.toString(),
          Figures.of(Median.of(rounds, round -> round.get(copier).messagesPerSecond())),
          Figures.of(Median.of(rounds, round -> round.get(copier).cpuMicros())),
          Figures.of(
              Median.of(
                  rounds,
                  round ->
                      round.get(GrpcCopier.SLUICE).messagesPerSecond()
                          / round.get(copier).messagesPerSecond())));
    }
  }
}
