package io.sluice.engine;

import io.sluice.engine.Lifecycle.Event;
import io.sluice.engine.error.EngineError;
import io.sluice.engine.route.FlowRoute;
import io.sluice.engine.time.SerialExecutor;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One flow under the engine's care: keeps what it is asked to do and what it does apart, and moves
 * the second towards the first. All changes run on a serial executor; the public face returns at
 * once, on any thread.
 */
final class FlowSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(FlowSupervisor.class);

  /** Batches beside a failed one may come to their end. */
  private static final WindDown.Limit AFTER_FAILURE =
      new WindDown.Limit(Duration.ofSeconds(10), Duration.ofSeconds(20));

  /** A source must have committed its last before another one begins. */
  private static final WindDown.Limit AFTER_FAILED_START =
      new WindDown.Limit(Duration.ZERO, Duration.ofSeconds(10));

  private static final Duration DRAIN_SLACK = Duration.ofMillis(50);

  private final EventFlow flow;
  private final EngineParts parts;
  private final FlowRoute route;
  private final SerialExecutor serial;
  private final RunSlot slot;
  private final Counters counters;
  private final Troubles troubles;
  private final Lifecycle lifecycle = new Lifecycle();
  private final Object starting = new Object();

  private volatile DesiredStatus desired;
  private volatile boolean abandoned;

  // On the serial executor alone:
  private int failedStarts;
  private boolean draining;
  private Scheduler.Cancellable startTimer = () -> {};

  FlowSupervisor(EventFlow flow, EngineParts parts, FlowRoute route, Checkpointer checkpointer) {
    this.flow = flow;
    this.parts = parts;
    this.route = route;
    this.serial = new SerialExecutor(parts.scheduler());
    this.slot = new RunSlot(checkpointer, serial);
    this.counters = new Counters(parts.scheduler()::now);
    this.troubles = new Troubles(flow.name(), parts.instances());
    this.desired = flow.status();
  }

  /** Starts the flow, if that is what its file asks for. */
  void launch() {
    onSerial(
        () -> {
          if (desired == DesiredStatus.RUNNING) {
            begin();
          }
        });
  }

  void pause() {
    desired = DesiredStatus.PAUSED;
    onSerial(
        () -> {
          if (lifecycle.state() == FlowState.RUNNING && !draining) {
            moveOn(Event.PAUSE);
            slot.run().ifPresent(run -> guarded(run, () -> run.source().pause()));
          }
        });
  }

  void resume() {
    desired = DesiredStatus.RUNNING;
    onSerial(
        () -> {
          if (lifecycle.state() == FlowState.PAUSED && !draining) {
            moveOn(Event.RESUME);
            slot.run().ifPresent(run -> guarded(run, () -> run.source().resume()));
          } else {
            begin();
          }
        });
  }

  /**
   * Brings the flow to an orderly end; it is not started again.
   *
   * @return whether everything in flight was done and every position written, in time
   */
  CompletionStage<Boolean> drain(Duration limit) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    serial.execute(
        () -> {
          draining = true;
          startTimer.cancel();
          CompletionStage<Boolean> end = slot.close(new WindDown.Limit(limit, limit));
          // An end that had begun before, with more time, must not hold this one up.
          Stages.within(limit.plus(DRAIN_SLACK), parts.scheduler(), end)
              .thenApply(inTime -> inTime && end.toCompletableFuture().join())
              .thenAcceptAsync(complete -> drained(complete, answer), serial);
        });
    return answer;
  }

  private void drained(boolean complete, CompletableFuture<Boolean> answer) {
    if (lifecycle.next(Event.STOP).isPresent()) {
      moveOn(Event.STOP);
    }
    answer.complete(complete);
  }

  /** Lets go of everything at once. Any thread. */
  void abandon() {
    abandoned = true;
    slot.run().ifPresent(this::letGo);
  }

  private void letGo(FlowRun run) {
    run.end();
    guarded(run, () -> run.source().close());
    guarded(run, run::closeSinks);
  }

  /** The present run, if one is open. */
  Optional<FlowRun> run() {
    return slot.run();
  }

  FlowStatus status() {
    List<PartitionProgress> progress = slot.progress();
    return new FlowStatus(
        flow.name(),
        lifecycle.state(),
        desired,
        counters.in(),
        counters.out(),
        counters.filtered(),
        counters.echoes(),
        counters.duplicates(),
        counters.retries(),
        counters.unknowns(),
        new ErrorCounts(
            counters.retrying(),
            counters.deadLettered(),
            counters.dropped(),
            counters.repeats(),
            slot.run().flatMap(FlowRun::guarded).map(GuardedDelivery::breaker)),
        slot.run().map(run -> run.open().records()).orElse(0L),
        lag(progress),
        troubles.latest(),
        troubles.areThere(),
        counters.lastActivity(),
        progress);
  }

  private OptionalLong lag(List<PartitionProgress> progress) {
    FlowState state = lifecycle.state();
    boolean reads = state == FlowState.RUNNING || state == FlowState.PAUSED;
    boolean unknown =
        progress.isEmpty() && !reads || progress.stream().anyMatch(one -> one.lag().isEmpty());
    return unknown
        ? OptionalLong.empty()
        : OptionalLong.of(progress.stream().mapToLong(one -> one.lag().getAsLong()).sum());
  }

  private void begin() {
    if (draining || lifecycle.next(Event.START).isEmpty()) {
      return;
    }
    moveOn(Event.START);
    troubles.overAll();
    failedStarts = 0;
    if (!parts.startTimeout().isZero()) {
      startTimer = parts.scheduler().after(parts.startTimeout(), () -> onSerial(this::timeIsUp));
    }
    slot.end().thenRun(() -> onSerial(this::attempt)); // never two runs at once
  }

  private void attempt() {
    if (lifecycle.state() != FlowState.STARTING || draining || slot.run().isPresent()) {
      return;
    }
    FlowRun young;
    try {
      young = new FlowRun(flow, parts, route, serial, counters, troubles, this::failedAnywhere);
    } catch (RuntimeException | Error failure) {
      startFailed(Failures.of(failure, "a connector", place()));
      return;
    }
    slot.enter(young);
    if (abandoned) { // while it was made
      letGo(young);
      return;
    }
    young.start().whenComplete((nothing, failure) -> onSerial(() -> startEnded(young, failure)));
  }

  private void startEnded(FlowRun young, @Nullable Throwable failure) {
    if (!slot.holds(young) || lifecycle.state() != FlowState.STARTING || draining) {
      return;
    }
    if (failure != null) {
      startFailed(Failures.of(failure, "the source", place()));
      return;
    }
    startTimer.cancel();
    troubles.over(starting);
    moveOn(Event.STARTED);
    if (desired == DesiredStatus.PAUSED) {
      moveOn(Event.PAUSE);
      guarded(young, () -> young.source().pause());
    }
  }

  private void startFailed(SluiceException cause) {
    if (!(cause instanceof RetriableException)) {
      giveUpStarting(cause);
      return;
    }
    failedStarts++;
    troubles.at(starting, cause);
    Duration wait = parts.backoff().after(failedStarts);
    slot.close(AFTER_FAILED_START)
        .thenRun(() -> parts.scheduler().after(wait, () -> onSerial(this::attempt)));
  }

  private void timeIsUp() {
    if (lifecycle.state() == FlowState.STARTING && !draining) {
      giveUpStarting(
          troubles.areThere()
              ? troubles.latest().orElseThrow()
              : new SluiceException(
                  EngineError.START_TIMED_OUT,
                  "no answer within " + parts.startTimeout().toSeconds() + " s",
                  place()));
    }
  }

  private void giveUpStarting(SluiceException cause) {
    startTimer.cancel();
    troubles.fatal(cause);
    moveOn(Event.START_FAILED);
    slot.close(AFTER_FAILED_START);
  }

  private void failedAnywhere(FlowRun run, SluiceException cause) {
    onSerial(
        () -> {
          // A run that is ending has failed before, and the flow may be starting again.
          if (slot.holds(run) && (draining || !slot.isEnding(run))) {
            failed(cause);
          }
        });
  }

  private void failed(SluiceException cause) {
    if (lifecycle.state() == FlowState.STARTING) {
      giveUpStarting(cause);
    } else if (lifecycle.next(Event.FAIL).isPresent()) {
      troubles.fatal(cause);
      moveOn(Event.FAIL);
      slot.close(AFTER_FAILURE);
    }
  }

  private void moveOn(Event event) {
    FlowState from = lifecycle.state();
    LOG.info("{}: {} to {}", flow.name(), from, lifecycle.on(event));
  }

  private void guarded(FlowRun run, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error failure) {
      run.fail(Failures.of(failure, "a connector", place()));
    }
  }

  private void onSerial(Runnable task) {
    serial.execute(
        () -> {
          if (!abandoned) {
            task.run();
          }
        });
  }

  private Location place() {
    return Location.InFlow.of(flow.name());
  }
}
