package io.sluice.engine;

import static io.sluice.engine.FakeSource.LANE_0;
import static io.sluice.engine.FakeSource.LANE_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.WriteResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowStatesTest {
  private EngineHarness harness = new EngineHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void startsAFlowThatIsToRun() {
    Fakes fakes = new Fakes("flow");
    harness.add(fakes);
    assertThat(harness.status("flow").state()).isEqualTo(FlowState.READY);

    harness.awaitState("flow", FlowState.STARTING);
    assertThat(harness.status("flow").lag()).isEmpty();
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(fakes.sink().calls).containsExactly("prepare", "tails");
    assertThat(fakes.source().resumed)
        .containsEntry(LANE_0, Optional.empty())
        .containsEntry(LANE_1, Optional.empty());
  }

  @Test
  void leavesAFlowThatIsToBePausedAloneUntilItIsResumed() {
    Fakes fakes = new Fakes("flow");
    harness.engine.add(fakes.flow(DesiredStatus.PAUSED, Optional.empty()));
    harness.scheduler.runFor(Duration.ofMinutes(1));

    assertThat(fakes.sources).isEmpty();
    assertThat(harness.status("flow").state()).isEqualTo(FlowState.READY);
    assertThat(harness.status("flow").desired()).isEqualTo(DesiredStatus.PAUSED);

    harness.engine.resume("flow");
    harness.awaitState("flow", FlowState.RUNNING);
    assertThat(harness.status("flow").desired()).isEqualTo(DesiredStatus.RUNNING);
  }

  @Test
  void pausesAndResumesWithoutNewConnections() {
    Fakes fakes = harness.running("flow");

    harness.engine.pause("flow");
    assertThat(harness.status("flow").desired()).isEqualTo(DesiredStatus.PAUSED);
    harness.awaitState("flow", FlowState.PAUSED);
    harness.engine.resume("flow");
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(fakes.sources).hasSize(1);
    assertThat(fakes.source().calls).containsExactly("start", "pause", "resume");
  }

  @Test
  void letsWhatIsInFlightGoOnWhilePaused() {
    Fakes fakes = harness.running("flow");
    fakes.sink().then(FakeSink.refused(0));
    fakes.source().offer(LANE_0, 5);
    harness.engine.pause("flow");
    harness.awaitState("flow", FlowState.PAUSED);
    assertThat(harness.status("flow").inFlight()).isEqualTo(5);

    harness.scheduler.runFor(Duration.ofSeconds(1));

    assertThat(fakes.source().done).hasSize(1);
    assertThat(harness.status("flow").inFlight()).isZero();
  }

  @Test
  void pausesAtTheEndOfItsStartWhenAskedDuringIt() {
    Fakes fakes = new Fakes("flow");
    CompletableFuture<Void> started = new CompletableFuture<>();
    fakes.onSource = source -> source.started = started;
    harness.add(fakes);
    harness.awaitState("flow", FlowState.STARTING);
    harness.engine.pause("flow");
    harness.settle();

    started.complete(null);
    harness.awaitState("flow", FlowState.PAUSED);

    assertThat(fakes.source().calls).containsExactly("start", "pause");
  }

  @Test
  void triesToStartWithANewSourceAndSinkWhenThatMayHelp() {
    Fakes fakes = new Fakes("flow");
    fakes.onSource =
        source -> {
          if (fakes.sources.size() < 3) {
            source.started = CompletableFuture.failedFuture(TestError.down("not yet"));
          }
        };
    harness.add(fakes);
    harness.scheduler.runUntil(EngineHarness.LONG, () -> harness.status("flow").troubled());
    assertThat(harness.status("flow").trouble().orElseThrow().message()).isEqualTo("not yet");

    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(fakes.sources).hasSize(3);
    assertThat(fakes.sinks).hasSize(3);
    assertThat(fakes.sinks.get(0).closed).isTrue();
    assertThat(fakes.sources.get(0).calls).contains("stop");
    assertThat(harness.status("flow").troubled()).isFalse();
  }

  @Test
  void givesUpStartingAtTheTimeoutWithTheReason() {
    Fakes fakes = new Fakes("flow");
    fakes.onSource =
        source -> source.started = CompletableFuture.failedFuture(TestError.down("no route"));
    harness.add(fakes);
    harness.awaitState("flow", FlowState.STARTING_FAILED);

    assertThat(Duration.ofNanos(harness.scheduler.nanoTime()))
        .isEqualTo(EngineHarness.START_TIMEOUT);
    assertThat(reason().message()).isEqualTo("no route");
    assertThat(harness.status("flow").troubled()).isTrue();
    int attempts = fakes.sources.size();
    harness.scheduler.runFor(Duration.ofMinutes(5));
    assertThat(fakes.sources).hasSize(attempts);
  }

  @Test
  void givesUpStartingWhenTheSourceNeverAnswers() {
    Fakes fakes = new Fakes("flow");
    fakes.onSource = source -> source.started = new CompletableFuture<>();
    harness.add(fakes);

    harness.awaitState("flow", FlowState.STARTING_FAILED);

    assertThat(reason().code().id()).isEqualTo("engine.start-timed-out");
    harness.settle();
    assertThat(fakes.sink().closed).isTrue();
  }

  @Test
  void keepsTryingToStartWithoutATimeout() {
    harness.close();
    harness = new EngineHarness(Duration.ZERO, Map.of());
    Fakes fakes = new Fakes("flow");
    fakes.onSource =
        source -> source.started = CompletableFuture.failedFuture(TestError.down("no route"));
    harness.add(fakes);

    harness.scheduler.runFor(Duration.ofHours(1));
    assertThat(harness.status("flow").state()).isEqualTo(FlowState.STARTING);
    fakes.onSource = source -> {};

    harness.awaitState("flow", FlowState.RUNNING);
  }

  @Test
  void doesNotRepeatAStartThatCannotSucceed() {
    Fakes fakes = new Fakes("flow");
    fakes.onSource =
        source ->
            source.started = CompletableFuture.failedFuture(TestError.broken("no such topic"));
    harness.add(fakes);
    harness.awaitState("flow", FlowState.STARTING_FAILED);

    harness.scheduler.runFor(Duration.ofMinutes(1));

    assertThat(fakes.sources).hasSize(1);
    assertThat(reason().message()).isEqualTo("no such topic");
    assertThat(reason().location()).isEqualTo(Location.InFlow.of("flow"));
  }

  @Test
  void failsToStartWhenAConnectorCannotBeMade() {
    Fakes fakes = new Fakes("flow");
    fakes.onSource =
        source -> {
          throw new IllegalStateException("a bug");
        };
    harness.add(fakes);

    harness.awaitState("flow", FlowState.STARTING_FAILED);

    assertThat(reason().code().id()).isEqualTo("engine.unexpected");
    assertThat(fakes.sink().closed).isTrue();
  }

  @Test
  void triesAgainWhenAFailedFlowIsResumed() {
    Fakes fakes = new Fakes("flow");
    fakes.onSource =
        source -> source.started = CompletableFuture.failedFuture(TestError.broken("no topic"));
    harness.add(fakes);
    harness.awaitState("flow", FlowState.STARTING_FAILED);
    fakes.onSource = source -> {};

    harness.engine.resume("flow");
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(harness.status("flow").troubled()).isFalse();
  }

  @Test
  void failsWhenTheTargetRefusesForGood() {
    Fakes fakes = harness.running("flow");
    fakes.source().offer(LANE_0, 4);
    fakes.sink().then(FakeSink.never(6));
    fakes.source().offer(LANE_0, 4);
    harness.awaitState("flow", FlowState.RUNNING_FAILED);

    assertThat(reason().message()).isEqualTo("never");
    assertThat(reason().location()).isEqualTo(Location.InFlow.of("flow", LANE_0, new Position(6)));
    assertThat(fakes.source().committed(LANE_0).offset()).as("I1").isEqualTo(4);
    harness.scheduler.runFor(Duration.ofMinutes(1));
    assertThat(fakes.source().calls).containsExactly("start", "pause", "stop");
    assertThat(fakes.sink().closed).isTrue();
    assertThat(harness.store.checkpoints.get("flow/lane-0").position().offset()).isEqualTo(4);
  }

  @Test
  void letsTheOtherPartitionsFinishWhenOneFails() {
    Fakes fakes = harness.running("flow");
    CompletableFuture<WriteResult> late = new CompletableFuture<>();
    fakes.sink().then(batch -> late);
    fakes.source().offer(LANE_1, 3);
    fakes.sink().then(FakeSink.never(0));
    fakes.source().offer(LANE_0, 3);
    harness.awaitState("flow", FlowState.RUNNING_FAILED);

    late.complete(FakeSink.stored());
    harness.scheduler.runFor(Duration.ofSeconds(1));

    assertThat(fakes.source().committed(LANE_1).offset()).isEqualTo(3);
    assertThat(fakes.source().committed(LANE_0).offset()).isZero();
    assertThat(fakes.sink().closed).isTrue();
    assertThat(reason().message()).isEqualTo("never");
  }

  @Test
  void startsAnewBehindWhatIsStoredWhenResumedAfterAFailure() {
    Fakes fakes = harness.running("flow");
    fakes.source().offer(LANE_0, 4);
    fakes.sink().then(FakeSink.never(4));
    fakes.source().offer(LANE_0, 4);
    harness.awaitState("flow", FlowState.RUNNING_FAILED);

    harness.engine.resume("flow");
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(fakes.sources).hasSize(2);
    assertThat(fakes.source().resumed.get(LANE_0).orElseThrow().next().offset()).isEqualTo(4);
    fakes.source().offer(LANE_0, 4);
    assertThat(fakes.source().committed(LANE_0).offset()).isEqualTo(8);
  }

  @Test
  void failsWhenTheSourceSaysSo() {
    Fakes fakes = harness.running("flow");
    fakes.source().receiver().failed(TestError.broken("the topic is gone"));

    harness.awaitState("flow", FlowState.RUNNING_FAILED);

    assertThat(reason().message()).isEqualTo("the topic is gone");
  }

  @Test
  void showsATroubleOfTheSourceUntilItIsOver() {
    Fakes fakes = harness.running("flow");

    fakes.source().receiver().troubled(TestError.down("the broker is gone"));
    assertThat(harness.status("flow").troubled()).isTrue();
    fakes.source().receiver().recovered();

    assertThat(harness.status("flow").troubled()).isFalse();
    assertThat(reason().message()).as("the last one stays").isEqualTo("the broker is gone");
  }

  @Test
  void countsWhatMoves() {
    Fakes fakes = harness.running("flow", record -> record.tag().orElseThrow().equals("other"));
    fakes.source().offer(LANE_0, 6);
    fakes.sink().then(FakeSink.unknown(6)).then(FakeSink.refused(6));
    fakes.source().offer(LANE_0, 3);
    harness.settle();

    FlowStatus before = harness.status("flow");
    assertThat(before.inFlight()).isEqualTo(3);
    assertThat(before.troubled()).isTrue();
    harness.scheduler.runFor(Duration.ofSeconds(1));

    FlowStatus after = harness.status("flow");
    assertThat(after.in()).isEqualTo(9);
    assertThat(after.out()).isEqualTo(6);
    assertThat(after.filtered()).isEqualTo(3);
    assertThat(after.unknowns()).isEqualTo(1);
    assertThat(after.retries()).isEqualTo(1);
    assertThat(after.inFlight()).isZero();
    assertThat(after.troubled()).isFalse();
    assertThat(after.lag()).isEqualTo(OptionalLong.of(0));
    assertThat(after.lastActivity()).isAfter(before.lastActivity());
    assertThat(after.partitions()).hasSize(2);
  }

  @Test
  void refusesASecondFlowOfTheSameNameAndNamesItDoesNotKnow() {
    Fakes fakes = harness.running("flow");

    assertThatIllegalArgumentException().isThrownBy(() -> harness.add(fakes));
    assertThatIllegalArgumentException().isThrownBy(() -> harness.engine.pause("other"));
  }

  private SluiceException reason() {
    return harness.status("flow").trouble().orElseThrow();
  }
}
