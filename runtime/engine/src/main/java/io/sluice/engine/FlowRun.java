package io.sluice.engine;

import io.sluice.engine.error.EngineError;
import io.sluice.engine.reading.Taker;
import io.sluice.engine.route.FlowRoute;
import io.sluice.engine.route.Matching;
import io.sluice.engine.time.SerialExecutor;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.RunOptions;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.Starting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * One life of a flow: one source, one sink, and the batches between them. It ends once and is never
 * started again; the next attempt is another run.
 *
 * <p>What the source calls comes on any thread. After the end every call is ignored: nothing is
 * written and nothing acknowledged any more.
 */
final class FlowRun implements BatchReceiver, Taker {
  private final String flow;
  private final EngineParts parts;
  private final FlowRoute route;
  private final SerialExecutor serial;
  private final Counters counters;
  private final Troubles troubles;
  private final BiConsumer<FlowRun, SluiceException> onFailure;
  private final Sink sink;
  private final Source source;
  private final Optional<GuardedDelivery> guarded;
  private final CheckpointLog log;
  private final Assignment assignment;
  private final OpenBatches open = new OpenBatches();
  private final Map<Partition, Lane> lanes = new ConcurrentHashMap<>();
  private volatile boolean ended;
  private volatile boolean failed;
  private volatile boolean finishing;

  /**
   * Makes source and sink; connects nothing.
   *
   * @param onFailure told, on any thread, that the flow cannot go on; perhaps more than once
   * @throws RuntimeException whatever the connectors throw
   */
  FlowRun(
      EventFlow flow,
      EngineParts parts,
      FlowRoute route,
      SerialExecutor serial,
      Counters counters,
      Troubles troubles,
      BiConsumer<FlowRun, SluiceException> onFailure) {
    this.flow = flow.name();
    this.parts = parts;
    this.route = route;
    this.serial = serial;
    this.counters = counters;
    this.troubles = troubles;
    this.onFailure = onFailure;
    ConnectorContext context =
        new ConnectorContext(
            flow.name(),
            parts.runtime(),
            parts.instances().current(),
            parts.scheduler(),
            parts.inFlightLimit(),
            counters);
    this.sink = flow.sink().create(context);
    Optional<Sink> deadLetters = Optional.empty();
    try {
      deadLetters =
          flow.runOptions()
              .flatMap(RunOptions::deadLetterQueue)
              .map(queue -> queue.create(context.withReport(new NoReport())));
      this.source =
          flow.reading().isPresent()
              ? parts.readings().source(flow, flow.reading().get(), context, this)
              : flow.source().create(context);
    } catch (RuntimeException | Error failure) {
      sink.close();
      deadLetters.ifPresent(Sink::close);
      throw failure;
    }
    Optional<Sink> letters = deadLetters;
    this.guarded =
        flow.runOptions()
            .map(options -> new GuardedDelivery(this, flow, options, parts, sink, letters));
    this.log = new CheckpointLog(flow.name());
    this.assignment = new Assignment(this, parts, serial);
  }

  /** Starts the source. Called once. */
  CompletionStage<Void> start() {
    return Starting.of(source, this);
  }

  Source source() {
    return source;
  }

  Sink sink() {
    return sink;
  }

  /** What it delivers by if it has run options. */
  Optional<GuardedDelivery> guarded() {
    return guarded;
  }

  /** Releases sink and dead-letter queue. */
  void closeSinks() {
    sink.close();
    guarded.flatMap(GuardedDelivery::deadLetters).ifPresent(Sink::close);
  }

  CheckpointLog log() {
    return log;
  }

  OpenBatches open() {
    return open;
  }

  Counters counters() {
    return counters;
  }

  EngineParts parts() {
    return parts;
  }

  String flow() {
    return flow;
  }

  boolean hasEnded() {
    return ended;
  }

  boolean isFinishing() {
    return finishing;
  }

  boolean hasFailed() {
    return failed;
  }

  /** Where the partitions stand; nothing if the source cannot say. Any thread. */
  List<PartitionProgress> progress() {
    try {
      return source.progress();
    } catch (RuntimeException | Error failure) {
      fail(Failures.of(failure, "the source", place()));
      return List.of();
    }
  }

  /** Nothing is written or acknowledged any more. Any thread; calling it again does nothing. */
  void end() {
    ended = true;
    lanes.values().forEach(Lane::abandon);
    troubles.overAt(place -> place instanceof Place ours && ours.run() == this);
  }

  /** The source offers no more: what waits to be tried again is left to the next run. */
  void finish() {
    finishing = true;
    lanes.values().forEach(Lane::finish);
  }

  /** Something is in the way at a place of this run, or still is. Any thread. */
  void troubledAt(Object place, SluiceException cause) {
    if (!ended) {
      troubles.at(new Place(this, place), cause);
    }
  }

  /** What was in the way at a place is over. Any thread. */
  void recoveredAt(Object place) {
    troubles.over(new Place(this, place));
  }

  /** The flow cannot go on. Any thread. */
  void fail(SluiceException cause) {
    if (!ended) {
      failed = true;
      onFailure.accept(this, cause);
    }
  }

  Location place() {
    return Location.InFlow.of(flow);
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
    List<Partition> added = List.copyOf(partitions);
    CompletableFuture<Map<Partition, ResumePoint>> answer = new CompletableFuture<>();
    serial.execute(
        () -> {
          if (ended) {
            answer.completeExceptionally(new CancellationException("the run has ended"));
            return;
          }
          assignment
              .add(added)
              .whenComplete((points, failure) -> assigned(answer, points, failure));
        });
    return answer;
  }

  private void assigned(
      CompletableFuture<Map<Partition, ResumePoint>> answer,
      Map<Partition, ResumePoint> points,
      Throwable failure) {
    if (failure == null) {
      answer.complete(points);
      return;
    }
    SluiceException cause = Failures.of(failure, "the sink", place());
    fail(cause);
    answer.completeExceptionally(cause);
  }

  @Override
  public CompletionStage<Void> revoked(List<Partition> partitions) {
    List<CompletableFuture<Void>> quiet = new ArrayList<>();
    for (Partition partition : partitions) {
      Lane lane = lanes.remove(partition);
      if (lane != null) {
        quiet.add(lane.revoke().toCompletableFuture());
      }
    }
    return CompletableFuture.allOf(quiet.toArray(CompletableFuture<?>[]::new))
        .thenComposeAsync(nothingOpen -> assignment.forget(partitions), serial);
  }

  @Override
  public void offer(Batch batch) {
    offer(batch, Matching.BY_THE_ROUTE);
  }

  @Override
  public void offerMatched(Batch batch) {
    offer(batch, Matching.DONE);
  }

  @Override
  public void passedOver(long records) {
    counters.passedOver(records);
  }

  private void offer(Batch batch, Matching matching) {
    if (ended) {
      return;
    }
    Lane lane = lanes.computeIfAbsent(batch.partition(), partition -> new Lane());
    Optional<String> violation = lane.enter(batch);
    if (violation.isPresent()) {
      fail(
          new SluiceException(
              EngineError.CONTRACT_VIOLATED,
              "the source " + violation.get(),
              Location.InFlow.of(flow, batch.partition(), batch.first())));
      return;
    }
    open.entered(batch.count());
    counters.offered(batch.count());
    route.send(
        guarded.isEmpty()
            ? new BatchPassage(this, lane, batch, matching)
            : new GuardedPassage(this, lane, batch, matching, guarded.get()));
  }

  /** The source may offer the next batch of the partition, though this one is not done. */
  void passes(Batch batch) {
    try {
      source.goOn(batch);
    } catch (RuntimeException | Error failure) {
      fail(Failures.of(failure, "the source", place()));
    }
  }

  @Override
  public void troubled(SluiceException cause) {
    troubledAt(source, cause);
  }

  @Override
  public void recovered() {
    recoveredAt(source);
  }

  @Override
  public void failed(SluiceException cause) {
    fail(cause);
  }

  /** What a sink notices of dead letters is none of the flow's counts. */
  private static final class NoReport implements SinkReport {
    @Override
    public void echoes(long records) {}

    @Override
    public void duplicates(long records) {}
  }

  /** Where something can go wrong in a run. */
  private record Place(FlowRun run, Object what) {}
}
