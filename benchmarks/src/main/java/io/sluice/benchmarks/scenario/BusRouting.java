package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.CopierProcess;
import io.sluice.benchmarks.copier.SluiceProgram;
import io.sluice.benchmarks.load.Load;
import io.sluice.benchmarks.measure.Growth;
import io.sluice.benchmarks.measure.Median;
import io.sluice.benchmarks.report.Figures;
import io.sluice.benchmarks.report.MarkdownTable;
import io.sluice.testkit.TopicSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast a bus on an integrated broker hands on a backlog to a target there that gets everything,
 * while further rules look at each event and match one in 100,000. Broker and bus share a JVM.
 */
final class BusRouting implements Scenario {
  private static final int[] RULES = {1, 10, 100, 1_000};
  private static final long MESSAGES = 4_000_000;

  /** A thousand targets and a broker need more than the launcher's 512 MB. */
  private static final String HEAP = "-Xmx1g";

  /** Flows are many, and warm late: so many times as long as other copiers have. */
  private static final int LONGER = 3;

  private static final int BODY_BYTES = 256;
  private static final int QUEUES = 8;
  private static final String TOPIC = "bus";

  @Override
  public String name() {
    return "bus";
  }

  @Override
  public String title() {
    return "A backlog of 256 B events through a bus on an integrated broker, by number of rules, 8 queues";
  }

  @Override
  public int rounds(Settings settings) {
    return settings.effort().rounds();
  }

  @Override
  public MarkdownTable measure(Settings settings) throws Exception {
    Load load = new Load(settings.effort().messages(MESSAGES), BODY_BYTES, QUEUES);
    TopicWatch watch =
        new TopicWatch(load.messages(), settings.effort().limit().multipliedBy(LONGER));
    MarkdownTable table = new MarkdownTable("rules", "events/s", "CPU µs/event");
    try (WorkFolder folder = WorkFolder.in(settings.folder(), "bus")) {
      settings.progress().accept("loading %s events".formatted(Figures.exactly(load.messages())));
      FilledBroker broker = FilledBroker.with(TOPIC, load, folder.path().resolve("broker"));
      for (int usual : RULES) {
        int rules = Math.toIntExact(settings.effort().part(usual));
        List<Growth.Rate> rates = new ArrayList<>();
        for (int round = 0; round < settings.effort().rounds(); round++) {
          Growth.Rate rate = run(broker, watch, rules, WorkFolder.in(folder.path(), "turn").path());
          rates.add(rate);
          settings
              .progress()
              .accept(
                  "%d rules: %s events/s".formatted(rules, Figures.of(rate.messagesPerSecond())));
        }
        table.row(
            Figures.exactly(rules),
            Figures.of(Median.of(rates, Growth.Rate::messagesPerSecond)),
            Figures.of(Median.of(rates, Growth.Rate::cpuMicros)));
      }
    }
    return table;
  }

  private static Growth.Rate run(FilledBroker broker, TopicWatch watch, int rules, Path folder)
      throws Exception {
    String target = TOPIC + "_copy_" + folder.getFileName();
    Path bus = write(folder.resolve("bus.yaml"), broker, target, rules);
    Growth growth = new Growth();
    try (TopicSize size = broker.size(target);
        CopierProcess process = SluiceProgram.start(bus, folder, List.of(HEAP))) {
      watch.run(process, () -> size.messages().orElse(0), growth);
    }
    return growth.rate();
  }

  private static Path write(Path file, FilledBroker broker, String target, int rules)
      throws IOException {
    StringBuilder text = new StringBuilder(broker.document(target));
    text.append(
        """
        kind: EventBus
        name: bus
        instance: %s
        topic: %s
        queues: %d
        rules:
          - name: all
            targets: [ { id: t, sink: { rocketmq: { instance: %s, topic: %s } } } ]
        """
            .formatted(FilledBroker.NAME, TOPIC, QUEUES, FilledBroker.NAME, target));
    // A topic of the turn's own, too: targets go on behind what they find of theirs.
    for (int rule = 1; rule < rules; rule++) {
      text.append(
          """
            - name: customer-%d
              filterPattern: { data: { userProperties: { customer: [ "%d" ] } } }
              targets: [ { id: t, sink: { rocketmq: { instance: %s, topic: %s-few } } } ]
          """
              .formatted(rule, rule, FilledBroker.NAME, target));
    }
    return Files.writeString(file, text);
  }
}
