package io.sluice.engine;

import static io.sluice.engine.FakeSource.LANE_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.sdk.sink.WriteResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flow that becomes another one, or none, while its engine runs. */
class ReplaceTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final EngineHarness harness = new EngineHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test // I1, I2
  void theNewOneStartsWhenTheOldOneIsDoneAndGoesOnThere() {
    Fakes old = harness.running("flow");
    CompletableFuture<WriteResult> late = new CompletableFuture<>();
    old.sink().then(batch -> late);
    old.source().offer(LANE_0, 4);
    Fakes young = new Fakes("flow");

    CompletableFuture<Boolean> replaced = replace(young);
    harness.scheduler.runFor(Duration.ofSeconds(5));
    assertThat(young.sources).as("never two at once").isEmpty();
    late.complete(FakeSink.stored());
    harness.scheduler.runUntil(DEADLINE, replaced::isDone);
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(replaced.join()).isTrue();
    assertThat(old.source().calls).endsWith("stop");
    assertThat(old.sink().closed).isTrue();
    assertThat(young.source().committed(LANE_0).offset()).isEqualTo(4);
    assertThat(harness.engine.status()).hasSize(1);
    assertThat(harness.status("flow").in()).as("counts begin anew").isZero();
  }

  @Test // I3
  void whatIsNotDoneAtTheDeadlineIsReadAgain() {
    Fakes old = harness.running("flow");
    old.source().offer(LANE_0, 4);
    CompletableFuture<WriteResult> never = new CompletableFuture<>();
    old.sink().then(batch -> never);
    old.source().offer(LANE_0, 3);
    Fakes young = new Fakes("flow");

    CompletableFuture<Boolean> replaced = replace(young);
    harness.scheduler.runUntil(DEADLINE.plusSeconds(5), replaced::isDone);
    harness.awaitState("flow", FlowState.RUNNING);
    never.complete(FakeSink.stored());
    harness.settle();

    assertThat(replaced.join()).isFalse();
    assertThat(young.source().committed(LANE_0).offset()).isEqualTo(4);
  }

  @Test
  void aFailedFlowIsReplacedByOneThatRuns() {
    Fakes old = harness.running("flow");
    old.source().receiver().failed(TestError.broken("gone"));
    harness.awaitState("flow", FlowState.RUNNING_FAILED);

    replace(new Fakes("flow"));
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(harness.status("flow").trouble()).isEmpty();
  }

  @Test
  void aRemovedFlowIsGoneAndItsNameFree() {
    Fakes gone = harness.running("flow");
    harness.running("other");
    gone.source().offer(LANE_0, 4);

    CompletableFuture<Boolean> removed =
        harness.engine.remove("flow", DEADLINE).toCompletableFuture();
    harness.scheduler.runUntil(DEADLINE, removed::isDone);

    assertThat(harness.engine.status()).extracting(FlowStatus::name).containsExactly("other");
    Fakes young = harness.running("flow");
    assertThat(young.source().committed(LANE_0).offset()).isEqualTo(4);
  }

  @Test
  void nothingIsStartedOnceTheEngineDrains() {
    Fakes old = harness.running("flow");
    CompletableFuture<WriteResult> late = new CompletableFuture<>();
    old.sink().then(batch -> late);
    old.source().offer(LANE_0, 4);
    Fakes young = new Fakes("flow");
    replace(young);
    harness.settle();
    harness.scheduler.after(Duration.ofSeconds(1), () -> late.complete(FakeSink.stored()));

    assertThat(harness.drain(DEADLINE).drained()).isTrue();
    harness.scheduler.runFor(Duration.ofMinutes(1));

    assertThat(young.sources).isEmpty();
  }

  @Test
  void oneChangeOfAFlowAtATime() {
    Fakes old = harness.running("flow");
    old.sink().then(batch -> new CompletableFuture<>());
    old.source().offer(LANE_0, 4);
    replace(new Fakes("flow"));

    assertThatIllegalStateException().isThrownBy(() -> harness.engine.remove("flow", DEADLINE));
    assertThatIllegalArgumentException().isThrownBy(() -> harness.engine.remove("no", DEADLINE));
  }

  private CompletableFuture<Boolean> replace(Fakes young) {
    return harness
        .engine
        .replace(young.flow(DesiredStatus.RUNNING, Optional.empty()), DEADLINE)
        .toCompletableFuture();
  }
}
