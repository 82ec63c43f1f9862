package io.sluice.engine;

import io.sluice.engine.simulation.SimulatedScheduler;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.SinkBinding;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.record.Record;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An engine in virtual time, with flows between fakes. */
final class EngineHarness implements AutoCloseable {
  static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  static final Duration LONG = Duration.ofHours(1);

  final SimulatedScheduler scheduler;
  final FakeStore store;
  final FlowEngine engine;

  /** What the next random numbers are. */
  double jitter;

  EngineHarness() {
    this(START_TIMEOUT, Map.of());
  }

  EngineHarness(Duration startTimeout, Map<String, Instance> instances) {
    this(new SimulatedScheduler(1), new FakeStore(), startTimeout, instances);
  }

  private EngineHarness(
      SimulatedScheduler scheduler,
      FakeStore store,
      Duration startTimeout,
      Map<String, Instance> instances) {
    this.scheduler = scheduler;
    this.store = store;
    engine =
        FlowEngine.builder()
            .scheduler(scheduler)
            .store(store)
            .storeThread(scheduler)
            .startTimeout(startTimeout)
            .instances(instances)
            .jitter(() -> jitter)
            .build();
    engine.start();
  }

  /** The process dies, and another begins on its store. */
  EngineHarness killedAndBegunAnew() {
    scheduler.dropAll(); // a close would wait for what is under way
    return new EngineHarness(scheduler, store, START_TIMEOUT, Map.of());
  }

  /** The sources and sinks that a flow was given, one of each per attempt to start. */
  static final class Fakes {
    final String flow;
    final List<FakeSource> sources = new ArrayList<>();
    final List<FakeSink> sinks = new ArrayList<>();
    Consumer<FakeSource> onSource = source -> {};
    Consumer<FakeSink> onSink = sink -> {};
    final List<FakeSink> letters = new ArrayList<>();
    Consumer<FakeSink> onLetters = sink -> {};
    Optional<String> group = Optional.empty();
    Optional<RunOptions> runOptions = Optional.empty();

    Fakes(String flow) {
      this.flow = flow;
    }

    FakeSource source() {
      return sources.get(sources.size() - 1);
    }

    FakeSink sink() {
      return sinks.get(sinks.size() - 1);
    }

    /** The sink of the dead-letter queue. */
    FakeSink deadLetters() {
      return letters.get(letters.size() - 1);
    }

    /** A dead-letter queue as a flow file would configure it. */
    SinkBinding<?> deadLetterQueue() {
      return TestFlows.sink(
          context -> {
            FakeSink made = new FakeSink();
            letters.add(made);
            onLetters.accept(made);
            return made;
          });
    }

    EventFlow flow(DesiredStatus status, Optional<Predicate<Record>> filter) {
      return TestFlows.flow(
          flow,
          status,
          context -> {
            FakeSource made = new FakeSource();
            sources.add(made);
            onSource.accept(made);
            return made;
          },
          filter,
          context -> {
            FakeSink made = new FakeSink();
            sinks.add(made);
            onSink.accept(made);
            return made;
          },
          group,
          runOptions);
    }
  }

  /** Adds a flow and waits until it runs. */
  Fakes running(String name) {
    Fakes fakes = new Fakes(name);
    add(fakes);
    awaitState(name, FlowState.RUNNING);
    return fakes;
  }

  Fakes running(String name, Predicate<Record> filter) {
    Fakes fakes = new Fakes(name);
    engine.add(fakes.flow(DesiredStatus.RUNNING, Optional.of(filter)));
    awaitState(name, FlowState.RUNNING);
    return fakes;
  }

  void add(Fakes fakes) {
    engine.add(fakes.flow(DesiredStatus.RUNNING, Optional.empty()));
  }

  void awaitState(String flow, FlowState state) {
    scheduler.runUntil(LONG, () -> status(flow).state() == state);
  }

  FlowStatus status(String flow) {
    return engine.status().stream()
        .filter(one -> one.name().equals(flow))
        .findFirst()
        .orElseThrow();
  }

  /** Lets everything happen that happens within a moment. */
  void settle() {
    scheduler.runFor(Duration.ofMillis(1));
  }

  DrainReport drain(Duration deadline) {
    CompletableFuture<DrainReport> report = engine.draining(deadline).toCompletableFuture();
    scheduler.runUntil(deadline.plusSeconds(1), report::isDone);
    return report.join();
  }

  @Override
  public void close() {
    engine.close();
  }
}
