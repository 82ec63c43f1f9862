package io.sluice.engine;

import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.model.BusReading;
import io.sluice.flows.model.BusReading.Start;
import io.sluice.flows.model.BusRule.Status;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.SourceBinding;
import io.sluice.flows.pattern.EventPattern;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.source.ResumePoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The targets of a bus, as flows of an engine in virtual time. */
final class BusHarness {
  final FakeTopic topic;
  EngineHarness engine = new EngineHarness();
  private final Map<String, Target> targets = new LinkedHashMap<>();
  private int expected;

  BusHarness(int partitions) {
    topic = new FakeTopic(partitions);
  }

  /** What came to a target, and what it does with it. Outlives runtimes. */
  static final class Target implements Sink {
    final String flow;

    /** {@code lane:offset} of the records that were stored, by lane. */
    final Map<Integer, List<Long>> stored = new LinkedHashMap<>();

    /** Whether what is written stays open until {@link #release}. */
    boolean stuck;

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private Target(String flow) {
      this.flow = flow;
    }

    List<Long> of(int lane) {
      return stored.getOrDefault(lane, List.of());
    }

    /** Stores what it has been given so far. */
    void step() {
      for (int open = waiting.size(); open > 0; open--) {
        waiting.remove().run();
      }
    }

    void release() {
      stuck = false;
      while (!waiting.isEmpty()) {
        waiting.remove().run();
      }
    }

    @Override
    public CompletionStage<Void> prepare(
        List<Partition> partitions, Map<Partition, TargetPosition> known) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Map<Partition, ResumePoint>> tails(
        List<Partition> partitions, Map<Partition, ResumePoint> known) {
      return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletionStage<WriteResult> write(Batch batch) {
      CompletableFuture<WriteResult> answer = new CompletableFuture<>();
      Runnable store =
          () -> {
            for (Record record : batch.records()) {
              stored
                  .computeIfAbsent(batch.partition().lane(), lane -> new ArrayList<>())
                  .add(record.position().offset());
            }
            answer.complete(new WriteResult.Stored(Optional.empty()));
          };
      if (stuck) {
        waiting.add(store);
      } else {
        store.run();
      }
      return answer;
    }

    @Override
    public CompletionStage<WriteResult> resolve(Batch batch) {
      throw new UnsupportedOperationException("no outcome is unknown");
    }

    /** The process is gone, and with it what it was about to write. */
    private void lost() {
      waiting.clear();
    }

    @Override
    public void close() {}
  }

  Target target(String flow) {
    return targets.computeIfAbsent(flow, Target::new);
  }

  /** Adds targets for all records of one customer each, named like their flows. */
  void add(String... customers) {
    expected += customers.length;
    for (String customer : customers) {
      engine.engine.add(flow(customer, Optional.of(customer)));
    }
  }

  /** Adds targets that take everything. */
  void addForAll(String... names) {
    expected += names.length;
    for (String name : names) {
      engine.engine.add(flow(name, Optional.empty()));
    }
  }

  void awaitRunning(String... flows) {
    for (String flow : flows) {
      engine.awaitState(flow, FlowState.RUNNING);
    }
  }

  EventFlow flow(String name, Optional<String> customer) {
    return flow(name, customer, Status.ENABLE, Start.WITH_THE_BUS, Optional.empty());
  }

  EventFlow flow(
      String name,
      Optional<String> customer,
      Status status,
      Start start,
      Optional<RunOptions> runOptions) {
    SourceBinding<FakeTopic.Reader> source =
        new SourceBinding<>("fake", topic, new FakeTopic.Reader(name));
    Optional<EventPattern> pattern = customer.map(this::pattern);
    Predicate<Record> filter =
        record ->
            status == Status.ENABLE && pattern.map(compiled -> compiled.test(record)).orElse(true);
    return new EventFlow(
        name,
        Optional.empty(),
        DesiredStatus.RUNNING,
        source,
        Optional.of(
            new BusReading(
                "bus",
                new SourceBinding<>("fake", topic, new FakeTopic.Reader("")),
                expected,
                start,
                source.describe(),
                status,
                pattern)),
        Optional.of(filter),
        Optional.empty(),
        TestFlows.sink(context -> target(name)),
        runOptions,
        customer + " " + status,
        Location.NONE);
  }

  private EventPattern pattern(String customer) {
    Location.InFile place = new Location.InFile("bus.yaml", 1, 1);
    String text = "{\"data\":{\"userProperties\":{\"customer\":[\"" + customer + "\"]}}}";
    return EventPattern.compile(
            new Scalar(place, Kind.TEXT, text, Optional.empty()),
            topic.describe(new FakeTopic.Reader("")),
            new Findings())
        .orElseThrow();
  }

  /** The process dies, and another begins on its store; flows are to be added again. */
  void kill() {
    engine = engine.killedAndBegunAnew();
    expected = 0;
    topic.readings.forEach(FakeTopic.Reading::stop);
    topic.readings.clear();
    targets.values().forEach(Target::lost);
  }

  /** Where a flow stands in a partition. */
  Position committed(String flow, int lane) {
    return engine.status(flow).partitions().stream()
        .filter(one -> one.partition().lane() == lane)
        .findFirst()
        .orElseThrow()
        .committed();
  }
}
