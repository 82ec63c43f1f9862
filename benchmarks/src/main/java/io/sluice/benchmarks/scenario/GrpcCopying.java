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
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How fast a backlog crosses by gRPC, in either direction, beside RocketMQ's own gRPC client. */
final class GrpcCopying implements Scenario {
  private static final long MESSAGES = 1_000_000;

  /** Both clients are still being compiled in the first half minute: so many times the usual. */
  private static final int LONGER = 2;

  private static final int BODY_BYTES = 1024;
  private static final int QUEUES = 8;
  private static final String TOPIC = "orders";

  /** With which a proxy acknowledges the messages of a call together. */
  private static final Map<String, String> BATCHING = Map.of("enableBatchAck", "true");

  /** What is acknowledged gives a broker work again when it would have been handed out again. */
  private static final Duration SETTLING = Duration.ofSeconds(45);

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
        ReleasedProxy source = proxy(clusters.source(), "source", clusters, Map.of());
        ReleasedProxy batching = proxy(clusters.source(), "source", clusters, BATCHING);
        ReleasedProxy target = proxy(clusters.target(), "target", clusters, Map.of())) {
      settings.progress().accept("loading %s messages".formatted(Figures.exactly(load.messages())));
      clusters.source().createTopic(TOPIC, QUEUES);
      load.send(clusters.source().nameServer(), TOPIC);
      List<Road> roads =
          List.of(
              new Road(Direction.FROM_GRPC.toString(), Direction.FROM_GRPC, source, target),
              new Road(
                  Direction.FROM_GRPC + ", `enableBatchAck`",
                  Direction.FROM_GRPC,
                  batching,
                  target),
              new Road(Direction.TO_GRPC.toString(), Direction.TO_GRPC, source, target));
      CopyTurn turn = new CopyTurn(clusters, load, settings.effort().limit().multipliedBy(LONGER));
      for (Road road : roads) {
        for (GrpcCopier copier : GrpcCopier.values()) {
          run(turn, copier, road, clusters); // the servers' compilers have their turn
        }
        List<Map<GrpcCopier, Growth.Rate>> rounds = new ArrayList<>();
        for (int round = 0; round < settings.effort().rounds(); round++) {
          Map<GrpcCopier, Growth.Rate> rates = new EnumMap<>(GrpcCopier.class);
          for (GrpcCopier copier : GrpcCopier.values()) {
            Thread.sleep(SETTLING.toMillis());
            Growth.Rate rate = run(turn, copier, road, clusters);
            rates.put(copier, rate);
            settings
                .progress()
                .accept(
                    "%s, %s: %s messages/s"
                        .formatted(road.title(), copier, Figures.of(rate.messagesPerSecond())));
          }
          rounds.add(rates);
        }
        addRows(table, road, rounds);
      }
    }
    return table;
  }

  /**
   * A way from one cluster to the other.
   *
   * @param source proxy before the source
   * @param target proxy before the target
   */
  private record Road(
      String title, Direction direction, ReleasedProxy source, ReleasedProxy target) {}

  private static ReleasedProxy proxy(
      ReleasedServers servers, String cluster, ClusterPair clusters, Map<String, String> settings)
      throws Exception {
    return ReleasedProxy.start(
        servers, cluster, clusters.newFolder(), ServerSecurity.none(), Lifetime.LONG, settings);
  }

  private static GrpcCopy grpc(Road road, Copy copy) {
    return new GrpcCopy(
        road.direction(),
        copy.from(),
        road.source().grpcAddress(),
        copy.to(),
        road.target().grpcAddress(),
        copy.topic(),
        copy.targetTopic());
  }

  private static Growth.Rate run(CopyTurn turn, GrpcCopier copier, Road road, ClusterPair clusters)
      throws Exception {
    Copy copy = clusters.newCopy(TOPIC, QUEUES, 0);
    Growth growth = new Growth();
    try (CopierProcess process = copier.start(grpc(road, copy), clusters.newFolder())) {
      turn.watch(process, copy, growth);
    }
    return growth.rate();
  }

  private static void addRows(
      MarkdownTable table, Road road, List<Map<GrpcCopier, Growth.Rate>> rounds) {
    for (GrpcCopier copier : GrpcCopier.values()) {
      table.row(
          road.title(),
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
