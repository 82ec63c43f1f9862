package io.sluice.cli.run;

import io.sluice.broker.IntegratedBroker;
import io.sluice.engine.DrainReport;
import io.sluice.engine.FlowEngine;
import io.sluice.engine.FlowStatus;
import io.sluice.engine.store.CheckpointStore;
import io.sluice.engine.store.H2CheckpointStore;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Integrated brokers, checkpoint store and engine of one run. Flows stop before brokers do. For one
 * thread.
 */
final class FlowRun implements AutoCloseable {
  private static final AtomicInteger STARTERS = new AtomicInteger();

  private final Cleanup cleanup;
  private final IntegratedBrokers brokers;
  private final FlowEngine engine;

  private FlowRun(Cleanup cleanup, IntegratedBrokers brokers, FlowEngine engine) {
    this.cleanup = cleanup;
    this.brokers = brokers;
    this.engine = engine;
  }

  /**
   * Starts everything. Blocks until the brokers answer; flows may still be starting then.
   *
   * @throws SluiceException if a broker, the store or the engine does not start; then nothing is
   *     left running
   */
  static FlowRun start(FlowModel model, DataDirectory directory, Duration startTimeout) {
    Cleanup cleanup = new Cleanup();
    try {
      return start(model, directory, startTimeout, cleanup);
    } catch (RuntimeException e) {
      cleanup.close();
      throw e;
    }
  }

  private static FlowRun start(
      FlowModel model, DataDirectory directory, Duration startTimeout, Cleanup cleanup) {
    ExecutorService starters = Executors.newCachedThreadPool(FlowRun::starter);
    cleanup.add(starters::shutdown);
    // The store opens while the brokers start: both spend much of their time waiting.
    CompletableFuture<CheckpointStore> opening =
        CompletableFuture.supplyAsync(() -> H2CheckpointStore.open(directory.store()), starters);
    cleanup.add(() -> opening.thenAccept(CheckpointStore::close).exceptionally(e -> null).join());
    IntegratedBrokers brokers =
        IntegratedBrokers.start(model.brokers(), directory.brokers(), starters);
    cleanup.add(brokers::close);
    FlowEngine engine =
        FlowEngine.builder()
            .runtime(directory.runtime())
            .store(joined(opening))
            .instances(instances(model, brokers))
            .startTimeout(startTimeout)
            .build();
    cleanup.add(engine::close);
    engine.start();
    model.flows().forEach(engine::add);
    return new FlowRun(cleanup, brokers, engine);
  }

  /** Integrated brokers that run. */
  List<IntegratedBroker> brokers() {
    return brokers.all();
  }

  /** Where the flows stand. */
  List<FlowStatus> status() {
    return engine.status();
  }

  /**
   * Removes, replaces, switches and adds flows. Those that end drain first, for as long as the
   * deadline allows; new ones start afterwards, so that none meets its predecessor under another
   * name. Does not block. Called again only when the last change is complete.
   *
   * @param model all that is declared now
   * @return fails if a flow could not take its place; the others have
   */
  CompletableFuture<Void> change(FlowModel model, FlowChanges changes, Duration deadline) {
    engine.instances(instances(model, brokers));
    changes.switched().forEach(this::switchTo);
    List<CompletionStage<Boolean>> ends = new ArrayList<>();
    changes.removed().forEach(flow -> ends.add(engine.remove(flow, deadline)));
    changes.changed().forEach(flow -> ends.add(engine.replace(flow, deadline)));
    CompletableFuture<Void> ended =
        CompletableFuture.allOf(
            ends.stream()
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new));
    CompletableFuture<Void> added =
        ended.exceptionally(failure -> null).thenRun(() -> changes.added().forEach(engine::add));
    return added.thenCombine(ended, (nothing, neither) -> nothing);
  }

  private void switchTo(EventFlow flow) {
    if (flow.status() == DesiredStatus.PAUSED) {
      engine.pause(flow.name());
    } else {
      engine.resume(flow.name());
    }
  }

  /** Stops the flows in order. Blocks until what is in flight is done, or the deadline passes. */
  DrainReport drain(Duration deadline) {
    return engine.drain(deadline);
  }

  /** Stops what still runs, at once. */
  @Override
  public void close() {
    cleanup.close();
  }

  private static Map<String, Instance> instances(FlowModel model, IntegratedBrokers brokers) {
    Map<String, Instance> instances = new HashMap<>();
    model.instances().forEach(instance -> instances.put(instance.name(), instance));
    brokers.all().forEach(broker -> instances.put(broker.name(), broker.instance()));
    return instances;
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static Thread starter(Runnable task) {
    Thread thread = new Thread(task, "sluice-start-" + STARTERS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
