package io.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sluice.engine.store.CheckpointStore;
import io.sluice.engine.store.H2CheckpointStore;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on real threads, with its real store. */
class FlowEngineTest {
  private static final Partition LANE = new Partition("lane-0", 0);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long BATCHES = 1_000_000;

  @TempDir Path directory;

  @Test
  void movesAMillionBatchesThatAreDoneAtOnceOnAFlatStack() {
    try (CheckpointStore store = H2CheckpointStore.open(directory);
        FlowEngine engine = FlowEngine.builder().store(store).build()) {
      engine.start();
      engine.add(
          TestFlows.flow(
              "flow",
              DesiredStatus.RUNNING,
              context -> new Immediate(BATCHES),
              Optional.of(record -> true),
              context -> new NowhereSink()));

      Awaitility.await().atMost(PATIENCE).until(() -> engine.status().get(0).out() == BATCHES);
      DrainReport report = engine.drain(Duration.ofSeconds(30));

      assertThat(report.drained()).isTrue();
      assertThat(store.load("flow").get("lane-0").position()).isEqualTo(new Position(BATCHES));
    }
  }

  @Test
  void resumesInANewProcessWhereTheLastOneDrained() {
    for (long batches = 1_000; batches <= 3_000; batches += 1_000) {
      Immediate source = new Immediate(batches);
      try (CheckpointStore store = H2CheckpointStore.open(directory);
          FlowEngine engine = FlowEngine.builder().store(store).build()) {
        engine.start();
        engine.add(
            TestFlows.flow(
                "flow",
                DesiredStatus.RUNNING,
                context -> source,
                Optional.empty(),
                context -> new NowhereSink()));
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> engine.status().get(0).lag().equals(OptionalLong.of(0)));
        assertThat(engine.drain(Duration.ofSeconds(30)).drained()).isTrue();
        assertThat(engine.status().get(0).in()).isEqualTo(1_000);
      }
    }
  }

  @Test
  void isStartedOnceAndTakesFlowsOnlyWhileItRuns() {
    FakeStore store = new FakeStore();
    FlowEngine engine = FlowEngine.builder().store(store).build();
    var flow = new EngineHarness.Fakes("flow").flow(DesiredStatus.RUNNING, Optional.empty());
    assertThatIllegalStateException().isThrownBy(() -> engine.add(flow));
    engine.start();
    assertThatIllegalStateException().isThrownBy(engine::start);
    engine.close();
    engine.close();
    assertThatIllegalStateException().isThrownBy(() -> engine.add(flow));
    assertThatIllegalStateException().isThrownBy(() -> FlowEngine.builder().build());
  }

  /** Offers the next batch inside the call that ends the last one. */
  private static final class Immediate implements Source {
    private final long end;
    private volatile Ledger ledger = new Ledger(new ResumePoint(new Position(0), Optional.empty()));
    private BatchReceiver receiver;
    private volatile boolean paused;

    private Immediate(long end) {
      this.end = end;
    }

    @Override
    public CompletionStage<Void> start(BatchReceiver batches) {
      receiver = batches;
      return batches
          .assigned(List.of(LANE))
          .thenAccept(
              points -> {
                Optional.ofNullable(points.get(LANE))
                    .ifPresent(point -> ledger = new Ledger(point));
                next();
              });
    }

    private void next() {
      Position first = ledger.committed();
      if (first.offset() < end && !paused) {
        Position next = first.plus(1);
        ledger.opened(first, next);
        DetachedRecord record = DetachedRecord.builder("topic", first).build();
        receiver.offer(Batch.of(LANE, first, next, new RecordPayload(List.of(record))));
      }
    }

    @Override
    public void done(Batch batch, Optional<TargetPosition> stored) {
      ledger.done(batch.next(), stored);
      next();
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {}

    @Override
    public List<PartitionProgress> progress() {
      ResumePoint point = ledger.resumePoint();
      return List.of(
          new PartitionProgress(LANE, point, OptionalLong.of(end - point.next().offset())));
    }

    @Override
    public CompletionStage<Void> stop() {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Stores at once, nowhere. */
  private static final class NowhereSink implements Sink {
    @Override
    public CompletionStage<Void> prepare(
        List<Partition> partitions, Map<Partition, TargetPosition> known) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<WriteResult> write(Batch batch) {
      return CompletableFuture.completedFuture(
          new WriteResult.Stored(Optional.of(new TargetPosition("target", batch.next().offset()))));
    }

    @Override
    public CompletionStage<WriteResult> resolve(Batch batch) {
      throw new AssertionError("nothing is unknown");
    }

    @Override
    public void close() {}
  }
}
