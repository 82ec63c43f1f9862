package io.sluice.engine;

import io.sluice.engine.delivery.Backoff;
import io.sluice.engine.reading.Readings;
import io.sluice.engine.store.CheckpointStore;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.time.Scheduler;
import io.sluice.sdk.time.SystemScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Collects what an engine is made of. Not thread-safe. */
public final class FlowEngineBuilder {
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
  private static final int THREADS = 2;

  private String runtime = UUID.randomUUID().toString();
  private Optional<CheckpointStore> store = Optional.empty();
  private Optional<Scheduler> scheduler = Optional.empty();
  private Optional<Executor> storeThread = Optional.empty();
  private Map<String, Instance> instances = Map.of();
  private InFlightLimit inFlightLimit = InFlightLimit.DEFAULT;
  private Duration startTimeout = Duration.ofSeconds(30);
  private DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();

  FlowEngineBuilder() {}

  /**
   * Names this runtime among those that may run the same flows. The same name after a restart gives
   * it back at once what it held when it was killed; by default a random one.
   */
  public FlowEngineBuilder runtime(String runtime) {
    this.runtime = Objects.requireNonNull(runtime);
    return this;
  }

  /** Where checkpoints are kept. Required; stays the caller's to close. */
  public FlowEngineBuilder store(CheckpointStore store) {
    this.store = Optional.of(store);
    return this;
  }

  /** Clock, timers and threads; by default two daemon threads of the engine's own. */
  public FlowEngineBuilder scheduler(Scheduler scheduler) {
    this.scheduler = Optional.of(scheduler);
    return this;
  }

  /**
   * Where calls to the store run, which block: one at a time. By default a daemon thread of the
   * engine's own; a simulation passes its scheduler.
   */
  public FlowEngineBuilder storeThread(Executor storeThread) {
    this.storeThread = Optional.of(storeThread);
    return this;
  }

  /** The instances that sources and sinks may ask for, by name; none by default. */
  public FlowEngineBuilder instances(Map<String, Instance> instances) {
    this.instances = Map.copyOf(instances);
    return this;
  }

  /** How much of each flow may be in flight; {@link InFlightLimit#DEFAULT} by default. */
  public FlowEngineBuilder inFlightLimit(InFlightLimit inFlightLimit) {
    this.inFlightLimit = Objects.requireNonNull(inFlightLimit);
    return this;
  }

  /** How long a flow may try to start: 30 s by default, zero for as long as it takes. */
  public FlowEngineBuilder startTimeout(Duration startTimeout) {
    this.startTimeout = Objects.requireNonNull(startTimeout);
    return this;
  }

  /**
   * Random numbers from 0 to below 1 that spread retries over time: from many threads, unless the
   * scheduler has only one. By default those of {@link ThreadLocalRandom}.
   */
  public FlowEngineBuilder jitter(DoubleSupplier jitter) {
    this.jitter = Objects.requireNonNull(jitter);
    return this;
  }

  /** An engine that is not started. */
  public FlowEngine build() {
    List<AutoCloseable> owned = new ArrayList<>();
    EngineParts parts =
        new EngineParts(
            runtime,
            scheduler.orElseGet(() -> ownScheduler(owned)),
            store.orElseThrow(() -> new IllegalStateException("an engine needs a store")),
            storeThread.orElseGet(() -> ownStoreThread(owned)),
            Backoff.exponential(FIRST_RETRY, LONGEST_RETRY, jitter),
            new Instances(instances),
            inFlightLimit,
            startTimeout,
            jitter,
            new Readings());
    return new FlowEngine(parts, List.copyOf(owned));
  }

  private static Scheduler ownScheduler(List<AutoCloseable> owned) {
    SystemScheduler scheduler = new SystemScheduler("sluice-engine", THREADS);
    owned.add(scheduler);
    return scheduler;
  }

  private static Executor ownStoreThread(List<AutoCloseable> owned) {
    StoreThread thread = new StoreThread();
    owned.add(thread);
    return thread;
  }
}
