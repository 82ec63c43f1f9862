package io.sluice.engine;

import static io.sluice.engine.FakeSource.LANE_0;
import static io.sluice.engine.FakeSource.LANE_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.sdk.sink.WriteResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {
  private final EngineHarness harness = new EngineHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void waitsForWhatIsInFlightAndWritesExactPositions() {
    Fakes fakes = harness.running("flow");
    fakes.source().offer(LANE_0, 4);
    CompletableFuture<WriteResult> late = new CompletableFuture<>();
    fakes.sink().then(batch -> late);
    fakes.source().offer(LANE_1, 3);
    harness.scheduler.after(Duration.ofSeconds(5), () -> late.complete(FakeSink.stored()));

    DrainReport report = harness.drain(Duration.ofSeconds(30));

    assertThat(report.drained()).isTrue();
    assertThat(report.flows().get(0).state()).isEqualTo(FlowState.READY);
    assertThat(report.flows().get(0).partitions()).hasSize(2);
    assertThat(fakes.source().calls).containsExactly("start", "pause", "stop");
    assertThat(fakes.sink().closed).isTrue();
    assertThat(harness.store.checkpoints.get("flow/lane-0").position().offset()).isEqualTo(4);
    assertThat(harness.store.checkpoints.get("flow/lane-1").position().offset()).isEqualTo(3);
  }

  @Test
  void givesUpAtTheDeadlineWhenTheSinkNeverAnswers() {
    Fakes fakes = harness.running("flow");
    fakes.source().offer(LANE_0, 4);
    CompletableFuture<WriteResult> never = new CompletableFuture<>();
    fakes.sink().then(batch -> never);
    fakes.source().offer(LANE_0, 3);

    DrainReport report = harness.drain(Duration.ofSeconds(10));

    assertThat(report.drained()).isFalse();
    assertThat(harness.store.checkpoints.get("flow/lane-0").position().offset())
        .as("I1")
        .isEqualTo(4);
    never.complete(FakeSink.stored());
    harness.settle();
    assertThat(fakes.source().done).as("too late to be acknowledged").hasSize(1);
  }

  @Test
  void givesUpAtTheDeadlineWhenTheTargetStaysDown() {
    Fakes fakes = harness.running("flow");
    for (int attempt = 0; attempt < 100; attempt++) {
      fakes.sink().then(FakeSink.refused(0));
    }
    fakes.source().offer(LANE_0, 3);

    DrainReport report = harness.drain(Duration.ofSeconds(10));

    assertThat(report.drained()).isFalse();
    int calls = fakes.sink().calls.size();
    harness.scheduler.runFor(Duration.ofMinutes(5));
    assertThat(fakes.sink().calls).as("nothing is written after the end").hasSize(calls);
  }

  @Test
  void givesUpAtTheDeadlineWhenTheSourceDoesNotStop() {
    Fakes fakes = harness.running("flow");
    fakes.source().stops = false;

    DrainReport report = harness.drain(Duration.ofSeconds(10));

    assertThat(report.drained()).isFalse();
    assertThat(fakes.sink().closed).isTrue();
  }

  @Test
  void saysSoWhenTheLastPositionsCouldNotBeWritten() {
    Fakes fakes = harness.running("flow");
    fakes.source().offer(LANE_0, 3);
    harness.store.failures.add(TestError.down("the disk is full"));

    assertThat(harness.drain(Duration.ofSeconds(10)).drained()).isFalse();
  }

  @Test
  void endsPausedFailedAndStartingFlowsToo() {
    harness.running("paused");
    harness.engine.pause("paused");
    harness.awaitState("paused", FlowState.PAUSED);
    Fakes starting = new Fakes("starting");
    starting.onSource = source -> source.started = new CompletableFuture<>();
    harness.add(starting);
    harness.awaitState("starting", FlowState.STARTING);
    harness.settle();
    Fakes failed = harness.running("failed");
    failed.source().receiver().failed(TestError.broken("gone"));
    harness.awaitState("failed", FlowState.RUNNING_FAILED);

    DrainReport report = harness.drain(Duration.ofSeconds(30));

    assertThat(report.flows())
        .extracting(FlowStatus::state)
        .containsExactly(FlowState.READY, FlowState.READY, FlowState.RUNNING_FAILED);
    assertThat(starting.source().calls).contains("stop");
  }

  @Test
  void startsNothingAnew() {
    Fakes fakes = harness.running("flow");
    harness.drain(Duration.ofSeconds(10));

    harness.engine.resume("flow");
    harness.scheduler.runFor(Duration.ofMinutes(1));

    assertThat(fakes.sources).hasSize(1);
  }

  @Test
  void closingAbandonsWhatIsInFlight() {
    Fakes fakes = harness.running("flow");
    CompletableFuture<WriteResult> late = new CompletableFuture<>();
    fakes.sink().then(batch -> late);
    fakes.source().offer(LANE_0, 3);

    harness.engine.close();
    late.complete(FakeSink.stored());
    harness.scheduler.runFor(Duration.ofMinutes(1));

    assertThat(fakes.source().done).isEmpty();
    assertThat(fakes.source().calls).contains("stop");
    assertThat(fakes.sink().closed).isTrue();
  }
}
