package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.Copier;
import io.sluice.benchmarks.load.Load;
import io.sluice.benchmarks.report.Figures;
import io.sluice.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How fast copiers empty a backlog, and at what cost, over some sizes, queues and distances. */
final class Copying implements Scenario {
  private static final String TOPIC = "orders";

  private final String name;
  private final String title;
  private final List<CopyCase> cases;

  Copying(String name, String title, List<CopyCase> cases) {
    this.name = name;
    this.title = title;
    this.cases = List.copyOf(cases);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public int rounds(Settings settings) {
    return settings.effort().rounds();
  }

  @Override
  public MarkdownTable measure(Settings settings) throws Exception {
    CopyTable table = new CopyTable();
    for (Map.Entry<Load, List<CopyCase>> load : byLoad(settings).entrySet()) {
      try (ClusterPair clusters = ClusterPair.start(settings.folder())) {
        fill(clusters, load.getKey(), settings);
        for (CopyCase copyCase : load.getValue()) {
          table.add(copyCase, load.getKey(), rounds(clusters, copyCase, load.getKey(), settings));
        }
      }
    }
    return table.markdown();
  }

  private Map<Load, List<CopyCase>> byLoad(Settings settings) {
    Map<Load, List<CopyCase>> loads = new LinkedHashMap<>();
    for (CopyCase copyCase : cases) {
      if (settings.choice().has(copyCase)) {
        Load load = copyCase.load(settings.effort());
        loads.computeIfAbsent(load, first -> new ArrayList<>()).add(copyCase);
      }
    }
    return loads;
  }

  private static void fill(ClusterPair clusters, Load load, Settings settings) throws Exception {
    settings.progress().accept("loading %s messages".formatted(Figures.exactly(load.messages())));
    clusters.source().createTopic(TOPIC, load.queues());
    load.send(clusters.source().nameServer(), TOPIC);
  }

  private List<CopyRound> rounds(
      ClusterPair clusters, CopyCase copyCase, Load load, Settings settings) throws Exception {
    CopyTurn turn = new CopyTurn(clusters, load, settings.effort().limit());
    List<CopyRound> rounds = new ArrayList<>();
    for (int round = 1; round <= settings.effort().rounds(); round++) {
      List<CopyResult> results = new ArrayList<>();
      for (Copier copier : settings.copiers()) {
        CopyResult result =
            turn.run(
                copier, clusters.newCopy(TOPIC, copyCase.queues(), copyCase.roundTripMillis()));
        results.add(result);
        settings.progress().accept("%s, round %d, %s".formatted(copyCase, round, result));
      }
      rounds.add(new CopyRound(results));
    }
    return rounds;
  }
}
