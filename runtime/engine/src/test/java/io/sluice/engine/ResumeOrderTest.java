package io.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.ResumeOrder.Decision.Absent;
import io.sluice.engine.ResumeOrder.Decision.Resume;
import io.sluice.engine.ResumeOrder.Decision.StepBack;
import io.sluice.engine.store.Checkpoint;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.source.ResumePoint;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResumeOrderTest {
  @Test
  void leavesItToTheSourceWhenNobodyKnows() {
    assertThat(ResumeOrder.decide(Optional.empty(), Optional.empty())).isEqualTo(new Absent());
  }

  @Test
  void takesTheCheckpointWhenTheTargetHoldsNothing() {
    assertThat(ResumeOrder.decide(Optional.empty(), checkpoint(40, target(7))))
        .isEqualTo(new Resume(point(40, target(7))));
  }

  @Test
  void takesTheTailWhenItIsFurther() {
    ResumePoint tail = point(45, target(12));

    assertThat(ResumeOrder.decide(Optional.of(tail), checkpoint(40, target(7))))
        .isEqualTo(new Resume(tail));
    assertThat(ResumeOrder.decide(Optional.of(tail), Optional.empty())).isEqualTo(new Resume(tail));
  }

  @Test
  void takesTheCheckpointWhenTheTargetStandsWhereItStood() {
    assertThat(ResumeOrder.decide(Optional.of(point(25, target(7))), checkpoint(40, target(7))))
        .isEqualTo(new Resume(point(40, target(7))));
  }

  @Test
  void stepsBackWhenTheTargetHasLostItsEnd() {
    ResumePoint tail = point(25, target(5));

    assertThat(ResumeOrder.decide(Optional.of(tail), checkpoint(40, target(7))))
        .isEqualTo(new StepBack(tail));
  }

  @Test
  void stepsBackWhenItCannotTellWhyTheTailIsBehind() {
    ResumePoint tail = point(25, target(5));

    assertThat(ResumeOrder.decide(Optional.of(tail), checkpoint(40, Optional.empty())))
        .isEqualTo(new StepBack(tail));
    assertThat(
            ResumeOrder.decide(
                Optional.of(point(25, Optional.empty())), checkpoint(40, Optional.empty())))
        .isEqualTo(new StepBack(point(25, Optional.empty())));
  }

  @Test
  void aTailTakesTheCheckpointsLandmarkWithIt() {
    Optional<Landmark> landmark = Optional.of(new Landmark("39@1000"));
    ResumePoint stored = new ResumePoint(new Position(40), target(70), landmark);
    Optional<Checkpoint> checkpoint =
        Optional.of(new Checkpoint("flow", "lane-0", stored, 1, Instant.EPOCH));

    assertThat(ResumeOrder.decide(Optional.of(point(50, target(80))), checkpoint))
        .isEqualTo(new Resume(new ResumePoint(new Position(50), target(80), landmark)));
    assertThat(ResumeOrder.decide(Optional.of(point(30, target(60))), checkpoint))
        .isEqualTo(new StepBack(new ResumePoint(new Position(30), target(60), landmark)));
    ResumePoint anew = new ResumePoint(new Position(1, 7), target(80));
    assertThat(ResumeOrder.decide(Optional.of(anew), checkpoint)).isEqualTo(new Resume(anew));
  }

  private static ResumePoint point(long next, Optional<TargetPosition> target) {
    return new ResumePoint(new Position(next), target);
  }

  private static Optional<TargetPosition> target(long next) {
    return Optional.of(new TargetPosition("target", next));
  }

  private static Optional<Checkpoint> checkpoint(long next, Optional<TargetPosition> target) {
    return Optional.of(new Checkpoint("flow", "lane-0", point(next, target), 1, Instant.EPOCH));
  }
}
