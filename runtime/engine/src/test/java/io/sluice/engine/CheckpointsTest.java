package io.sluice.engine;

import static io.sluice.engine.FakeSource.LANE_0;
import static io.sluice.engine.FakeSource.LANE_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.engine.store.Checkpoint;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.ResumePoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
  private final EngineHarness harness = new EngineHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void areWrittenAtMostASecondLate() {
    Fakes fakes = harness.running("flow");
    for (int batch = 1; batch <= 20; batch++) {
      harness.scheduler.runFor(Duration.ofMillis(137L * batch));
      fakes.source().offer(LANE_0, 2);
      harness.scheduler.runFor(Duration.ofSeconds(1));

      Checkpoint written = harness.store.checkpoints.get("flow/lane-0");
      assertThat(written.position().offset()).isEqualTo(2L * batch);
      assertThat(written.target()).contains(new TargetPosition("target", 2L * batch));
    }
  }

  @Test
  void thatCannotBeWrittenAreATroubleThatStopsNoFlow() {
    Fakes fakes = harness.running("flow");
    for (int failure = 0; failure < 5; failure++) {
      harness.store.failures.add(TestError.broken("the disk is full"));
    }
    fakes.source().offer(LANE_0, 2);
    harness.scheduler.runFor(Duration.ofSeconds(1));
    assertThat(harness.status("flow").troubled()).isTrue();
    assertThat(harness.status("flow").trouble().orElseThrow().message())
        .isEqualTo("the disk is full");
    assertThat(harness.status("flow").state()).isEqualTo(FlowState.RUNNING);
    fakes.source().offer(LANE_0, 2);
    assertThat(fakes.source().committed(LANE_0).offset()).isEqualTo(4);

    harness.scheduler.runFor(Duration.ofSeconds(5));

    assertThat(harness.status("flow").troubled()).isFalse();
    assertThat(harness.store.checkpoints.get("flow/lane-0").position().offset()).isEqualTo(4);
  }

  @Test
  void decideWhereAFlowResumesWhoseTargetCannotTell() {
    stored("lane-0", 40, Optional.of(new TargetPosition("target", 7)));

    Fakes fakes = harness.running("flow");

    assertThat(fakes.source().resumed)
        .containsEntry(LANE_0, Optional.of(point(40, 7)))
        .containsEntry(LANE_1, Optional.empty());
    assertThat(fakes.sink().known).containsEntry(LANE_0, new TargetPosition("target", 7));
  }

  @Test
  void giveWayToTheTailOfTheTarget() {
    stored("lane-0", 40, Optional.of(new TargetPosition("target", 7)));
    Fakes fakes = new Fakes("flow");
    fakes.onSink = sink -> sink.tails.put(LANE_0, point(45, 12));
    harness.add(fakes);
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(fakes.source().resumed).containsEntry(LANE_0, Optional.of(point(45, 12)));
  }

  @Test // I3
  void stepBackWhenTheTargetLostItsEnd() {
    stored("lane-0", 40, Optional.of(new TargetPosition("target", 30)));
    Fakes fakes = new Fakes("flow");
    fakes.onSink = sink -> sink.tails.put(LANE_0, point(25, 20));
    harness.add(fakes);
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(fakes.source().resumed).containsEntry(LANE_0, Optional.of(point(25, 20)));
    assertThat(harness.store.resets).hasSize(1);
    assertThat(harness.store.checkpoints.get("flow/lane-0").position().offset()).isEqualTo(25);
  }

  @Test // I3
  void stepBackOnlyOnceThatIsStored() {
    stored("lane-0", 40, Optional.of(new TargetPosition("target", 30)));
    Fakes fakes = new Fakes("flow");
    fakes.onSink =
        sink -> {
          sink.tails.put(LANE_0, point(25, 20));
          harness.store.failures.add(TestError.down("not now"));
        };
    harness.add(fakes);
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(harness.store.resets).hasSize(1);
    assertThat(fakes.source().resumed).containsEntry(LANE_0, Optional.of(point(25, 20)));
  }

  @Test // I2
  void stayWhenTheRuleDroppedWhatFollowsTheTail() {
    stored("lane-0", 40, Optional.of(new TargetPosition("target", 20)));
    Fakes fakes = new Fakes("flow");
    fakes.onSink = sink -> sink.tails.put(LANE_0, point(25, 20));
    harness.add(fakes);
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(fakes.source().resumed).containsEntry(LANE_0, Optional.of(point(40, 20)));
    assertThat(harness.store.resets).isEmpty();
  }

  @Test
  void areLookedUpAgainWhenALookupFails() {
    stored("lane-0", 40, Optional.empty());
    harness.store.failures.add(TestError.down("busy"));
    harness.store.failures.add(TestError.down("busy"));
    Fakes fakes = new Fakes("flow");
    fakes.onSink =
        sink -> {
          sink.lookupFailures.add(TestError.down("no leader")); // prepare
          sink.lookupFailures.add(TestError.down("no leader")); // prepare
        };
    harness.add(fakes);
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(fakes.sink().calls).containsExactly("prepare", "prepare", "prepare", "tails");
    assertThat(fakes.source().resumed.get(LANE_0).orElseThrow().next().offset()).isEqualTo(40);
  }

  @Test
  void areNotDecidedWithoutTheTailWhenTheTailCannotBeRead() {
    Fakes fakes = new Fakes("flow");
    fakes.onSink =
        sink -> {
          sink.tails.put(LANE_0, point(45, 12));
          sink.lookupFailures.add(TestError.down("no leader"));
          sink.lookupFailures.add(TestError.down("no leader"));
        };
    harness.add(fakes);
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(fakes.source().resumed).containsEntry(LANE_0, Optional.of(point(45, 12)));
  }

  @Test
  void ofPartitionsThatAppearLaterAreLookedUpForEver() {
    Fakes fakes = harness.running("flow");
    Partition young = new Partition("lane-2", 2);
    for (int failure = 0; failure < 200; failure++) {
      fakes.sink().lookupFailures.add(TestError.down("no leader"));
    }
    fakes.source().assign(List.of(young));
    harness.scheduler.runFor(Duration.ofMinutes(10));
    assertThat(harness.status("flow").state()).isEqualTo(FlowState.RUNNING);
    assertThat(harness.status("flow").troubled()).isTrue();

    harness.scheduler.runUntil(
        EngineHarness.LONG.multipliedBy(5), () -> fakes.source().resumed.containsKey(young));

    assertThat(fakes.sink().prepared).containsExactly(LANE_0, LANE_1, young);
    assertThat(harness.status("flow").troubled()).isFalse();
  }

  @Test
  void thatCannotBeReadAtAllStopTheFlow() {
    harness.store.failures.add(TestError.broken("the store is corrupt"));
    Fakes fakes = new Fakes("flow");
    harness.add(fakes);

    harness.awaitState("flow", FlowState.STARTING_FAILED);

    assertThat(harness.status("flow").trouble().orElseThrow().message())
        .as("I8")
        .isEqualTo("the store is corrupt");
    assertThat(fakes.source().resumed).isEmpty();
  }

  @Test
  void areKeptForPartitionsThatHaveNotMoved() {
    Fakes fakes = harness.running("flow");
    harness.scheduler.runFor(Duration.ofSeconds(1));

    assertThat(harness.store.checkpoints.get("flow/lane-0").position().offset()).isZero();
    assertThat(fakes.source().done).isEmpty();
  }

  private void stored(String partition, long position, Optional<TargetPosition> target) {
    harness.store.save(
        List.of(
            new Checkpoint(
                "flow",
                partition,
                new ResumePoint(new Position(position), target),
                1,
                Instant.EPOCH)));
  }

  private static ResumePoint point(long next, long target) {
    return new ResumePoint(new Position(next), Optional.of(new TargetPosition("target", target)));
  }
}
