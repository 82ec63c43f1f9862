package io.sluice.engine;

import io.sluice.engine.route.FlowRoute;
import io.sluice.engine.route.FlowRoutes;
import io.sluice.flows.model.EventFlow;
import io.sluice.sdk.instance.Instance;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs flows, each for itself: a flow that fails stops no other. Thread-safe; only {@link #start},
 * {@link #add}, {@link #drain} and {@link #close} block.
 */
public final class FlowEngine implements AutoCloseable {
  private static final Duration DRAIN_SLACK = Duration.ofSeconds(2);

  private final EngineParts parts;
  private final List<AutoCloseable> owned;
  private final FlowRoutes routes = new FlowRoutes();
  private final Checkpointer checkpointer;
  private final Map<String, FlowSupervisor> flows =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Set<String> changing = new HashSet<>();
  private boolean started;
  private boolean ending;
  private boolean closed;

  /**
   * @param owned parts that are closed with the engine
   */
  FlowEngine(EngineParts parts, List<AutoCloseable> owned) {
    this.parts = parts;
    this.owned = owned;
    this.checkpointer = new Checkpointer(parts, this::runs);
  }

  /** An engine to be set up. */
  public static FlowEngineBuilder builder() {
    return new FlowEngineBuilder();
  }

  /**
   * Starts the Camel context, which takes some 100 ms in a young JVM. Called once, first.
   *
   * @throws io.sluice.sdk.error.SluiceException {@code engine.route-failed}
   */
  public synchronized void start() {
    if (started) {
      throw new IllegalStateException("the engine has been started before");
    }
    started = true;
    routes.start();
    checkpointer.start();
  }

  /**
   * Adds a flow, and starts it if that is its desired status. Returns before it has started.
   *
   * @throws IllegalArgumentException if there is a flow of that name
   * @throws io.sluice.sdk.error.SluiceException {@code engine.route-failed}
   */
  public synchronized void add(EventFlow flow) {
    if (!started || closed) {
      throw new IllegalStateException("the engine is not running");
    }
    if (flows.containsKey(flow.name())) {
      throw new IllegalArgumentException("there is a flow named " + flow.name() + " already");
    }
    launch(flow);
  }

  private void launch(EventFlow flow) {
    FlowRoute route = routes.add(flow.name(), flow.filter(), flow.transform());
    FlowSupervisor supervisor = new FlowSupervisor(flow, parts, route, checkpointer);
    flows.put(flow.name(), supervisor);
    supervisor.launch();
  }

  /**
   * Which instances sources and sinks may ask for from now on, by name. Those that are open keep
   * what they were given.
   */
  public void instances(Map<String, Instance> instances) {
    parts.instances().replace(instances);
  }

  /**
   * Puts a flow in the place of the one of the same name, which ends in good order first: the new
   * one goes on where that stopped. Counts begin anew. Once the engine drains, none is started any
   * more.
   *
   * @param deadline for what is in flight; what is not done then is read again by the new one
   * @return whether everything in flight was done; fails with {@code engine.route-failed}
   * @throws IllegalArgumentException if there is no such flow
   * @throws IllegalStateException if that flow is being replaced or removed already
   */
  public CompletionStage<Boolean> replace(EventFlow flow, Duration deadline) {
    return change(flow.name(), Optional.of(flow), deadline);
  }

  /**
   * Ends a flow in good order and forgets it. Its checkpoints stay, for one that may get its name.
   *
   * @param deadline for what is in flight
   * @return whether everything in flight was done; fails with {@code engine.route-failed}
   * @throws IllegalArgumentException if there is no such flow
   * @throws IllegalStateException if that flow is being replaced or removed already
   */
  public CompletionStage<Boolean> remove(String flow, Duration deadline) {
    return change(flow, Optional.empty(), deadline);
  }

  private synchronized CompletionStage<Boolean> change(
      String name, Optional<EventFlow> young, Duration deadline) {
    FlowSupervisor old = flow(name);
    if (!changing.add(name)) {
      throw new IllegalStateException("the flow " + name + " is being changed already");
    }
    return old.drain(deadline)
        .thenApply(
            complete -> {
              changed(old, name, young);
              return complete;
            });
  }

  private synchronized void changed(FlowSupervisor old, String name, Optional<EventFlow> young) {
    changing.remove(name);
    if (ending) {
      return;
    }
    old.abandon(); // what came too late for its deadline
    routes.remove(name);
    if (young.isPresent()) {
      launch(young.get());
    } else {
      flows.remove(name);
    }
  }

  /**
   * Asks a flow to stop offering. Connections stay, and what is in flight goes on.
   *
   * @throws IllegalArgumentException if there is no such flow
   */
  public void pause(String flow) {
    flow(flow).pause();
  }

  /**
   * Asks a flow to run: one that is paused offers again, one that failed or never ran is started.
   *
   * @throws IllegalArgumentException if there is no such flow
   */
  public void resume(String flow) {
    flow(flow).resume();
  }

  /**
   * Where every flow stands, in the order in which they were added. Cheap enough for each second.
   */
  public List<FlowStatus> status() {
    return supervisors().stream().map(FlowSupervisor::status).toList();
  }

  /**
   * Ends all flows in good order: they stop offering, what is in flight is delivered, sources
   * commit and stop, the last checkpoints are written. What is not done at the deadline is given
   * up: it was never acknowledged and is read again by the next run. No flow starts again after
   * that.
   *
   * @param deadline for all together; the call lasts a moment longer at most
   */
  public DrainReport drain(Duration deadline) {
    CompletableFuture<DrainReport> report = draining(deadline).toCompletableFuture();
    try {
      return report.get(deadline.plus(DRAIN_SLACK).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException late) {
      // Somebody blocks a thread that must not be blocked; what is stored stays exact.
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
    return new DrainReport(false, status());
  }

  /** See {@link #drain}; does not block. */
  CompletionStage<DrainReport> draining(Duration deadline) {
    end();
    CompletionStage<Boolean> all = CompletableFuture.completedFuture(true);
    for (FlowSupervisor supervisor : supervisors()) {
      all = all.thenCombine(supervisor.drain(deadline), (before, one) -> before && one);
    }
    return all.thenApply(complete -> new DrainReport(complete, status()));
  }

  /**
   * Lets go of everything at once. What is in flight is abandoned and not acknowledged. The store,
   * and a scheduler that was passed in, stay open: they belong to who made them. Calling it again
   * does nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    ending = true;
    checkpointer.stop();
    supervisors().forEach(FlowSupervisor::abandon);
    routes.close();
    for (AutoCloseable part : owned) {
      try {
        part.close();
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  private synchronized void end() {
    ending = true;
  }

  private FlowSupervisor flow(String name) {
    FlowSupervisor flow = flows.get(name);
    if (flow == null) {
      throw new IllegalArgumentException("there is no flow named " + name);
    }
    return flow;
  }

  private List<FlowSupervisor> supervisors() {
    synchronized (flows) {
      return List.copyOf(flows.values());
    }
  }

  private Collection<FlowRun> runs() {
    return supervisors().stream().flatMap(flow -> flow.run().stream()).toList();
  }
}
