package io.sluice.engine;

import static io.sluice.engine.FakeSource.LANE_0;
import static io.sluice.engine.FakeSource.LANE_1;
import static io.sluice.engine.RunOptionsHarness.tolerating;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.flows.model.BatchWindow;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import io.sluice.flows.model.Throttling;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How hard a flow drives its target. */
class PaceTest {
  private final EngineHarness harness = new EngineHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void writesNoMoreRecordsPerSecondThanItMay() {
    Fakes fakes =
        tolerating(ErrorsTolerance.NONE)
            .throttled(new Throttling(OptionalLong.of(10), OptionalLong.empty()))
            .running(harness);
    fakes.source().offer(LANE_0, 20);
    fakes.source().offer(LANE_1, 25);
    harness.settle();
    assertThat(fakes.sink().stored).as("a second's worth at once").hasSize(10);
    for (int second = 1; second <= 3; second++) {
      harness.scheduler.runFor(Duration.ofSeconds(1));
      assertThat(fakes.sink().stored).hasSizeLessThanOrEqualTo(10 + second * 10);
    }
    harness.scheduler.runFor(Duration.ofSeconds(1));

    assertThat(fakes.sink().stored).hasSize(45);
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(20));
    assertThat(fakes.source().committed(LANE_1)).isEqualTo(new Position(25));
  }

  @Test
  void writesNoMoreBytesPerSecondThanItMay() {
    Fakes fakes =
        tolerating(ErrorsTolerance.NONE)
            .throttled(new Throttling(OptionalLong.empty(), OptionalLong.of(6)))
            .running(harness);
    fakes.source().offerKeyed(LANE_0, "", "", "", "", ""); // of three bytes each
    harness.settle();
    assertThat(fakes.sink().stored).hasSize(2);
    harness.scheduler.runFor(Duration.ofMillis(900));
    assertThat(fakes.sink().stored).hasSize(2);
    harness.scheduler.runFor(Duration.ofSeconds(2));

    assertThat(fakes.sink().stored).hasSize(5);
  }

  @Test
  void aRecordLargerThanASecondsWorthIsWrittenAllTheSame() {
    Fakes fakes =
        tolerating(ErrorsTolerance.NONE)
            .throttled(new Throttling(OptionalLong.empty(), OptionalLong.of(1)))
            .running(harness);
    fakes.source().offerKeyed(LANE_0, "", "");
    harness.scheduler.runFor(Duration.ofSeconds(6));

    assertThat(fakes.sink().stored).hasSize(2);
  }

  @Test
  void collectsRecordsUntilThereAreEnough() {
    Fakes fakes =
        tolerating(ErrorsTolerance.NONE)
            .collecting(new BatchWindow(5, Duration.ofSeconds(10)))
            .running(harness);
    for (int batch = 0; batch < 3; batch++) {
      fakes.source().offer(LANE_0, 2);
      harness.scheduler.runFor(Duration.ofSeconds(1));
    }
    assertThat(writes(fakes))
        .as("five are enough, and what is left over does not wait")
        .containsExactly("write 0-5", "write 5-6");
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(6));
    assertThat(harness.status("flow").out()).isEqualTo(6);
  }

  @Test
  void collectsRecordsForNoLongerThanTheWindow() {
    Fakes fakes =
        tolerating(ErrorsTolerance.ALL)
            .collecting(new BatchWindow(100, Duration.ofSeconds(3)))
            .running(harness);
    fakes.source().offer(LANE_0, 2);
    harness.scheduler.runFor(Duration.ofSeconds(2));
    fakes.source().offer(LANE_0, 2);
    harness.scheduler.runFor(Duration.ofMillis(900));
    assertThat(writes(fakes)).isEmpty();
    assertThat(fakes.source().calls).contains("goOn 0-2", "goOn 2-4");
    harness.scheduler.runFor(Duration.ofMillis(200));

    assertThat(writes(fakes)).containsExactly("write 0-4");
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(4));
  }

  @Test
  void anOrderlyEndWritesWhatWasCollected() {
    Fakes fakes =
        tolerating(ErrorsTolerance.NONE)
            .collecting(new BatchWindow(100, Duration.ofMinutes(5)))
            .running(harness);
    fakes.source().offer(LANE_0, 2);
    harness.settle();

    assertThat(harness.drain(Duration.ofSeconds(5)).drained()).isTrue();
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(2));
  }

  private static List<String> writes(Fakes fakes) {
    return fakes.sink().calls.stream().filter(call -> call.startsWith("write")).toList();
  }

  @Test
  void writesNoMoreAtATimeThanItHasTasks() {
    Fakes fakes = tolerating(ErrorsTolerance.NONE).tasks(1).running(harness);
    CompletableFuture<WriteResult> first = new CompletableFuture<>();
    fakes.sink().then(batch -> first);
    fakes.source().offer(LANE_0, 1);
    harness.settle();
    fakes.source().offer(LANE_1, 1);
    harness.settle();
    assertThat(fakes.sink().calls).filteredOn(call -> call.startsWith("write")).hasSize(1);

    first.complete(FakeSink.stored());
    harness.settle();
    assertThat(fakes.sink().calls).filteredOn(call -> call.startsWith("write")).hasSize(2);
    assertThat(fakes.source().committed(LANE_1)).isEqualTo(new Position(1));
  }
}
