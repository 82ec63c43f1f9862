package io.sluice.engine;

import static io.sluice.engine.FakeSource.LANE_0;
import static io.sluice.engine.FakeSource.LANE_1;
import static io.sluice.engine.RunOptionsHarness.spoil;
import static io.sluice.engine.RunOptionsHarness.tolerating;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.flows.model.Idempotence;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import io.sluice.sdk.batch.Position;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that repeat the key of another one. */
class IdempotenceTest {
  private static final Idempotence KEYS =
      new Idempotence(record -> record.systemProperty("__SHARDINGKEY"), Duration.ofMinutes(5));

  private final EngineHarness harness = new EngineHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void leavesOutASecondRecordOfAKeyWithinTheWindowAndCountsIt() {
    Fakes fakes = tolerating(ErrorsTolerance.NONE).idempotent(KEYS).running(harness);
    fakes.source().offerKeyed(LANE_0, "a", "b", "a", "", "");
    fakes.source().offerKeyed(LANE_1, "b", "c");
    harness.settle();

    assertThat(fakes.sink().stored).hasSize(5);
    assertThat(harness.status("flow").errors().repeats()).isEqualTo(2);
    assertThat(harness.status("flow").out()).isEqualTo(5);
    assertThat(harness.status("flow").filtered()).isZero();
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(5));
    assertThat(fakes.source().committed(LANE_1)).isEqualTo(new Position(2));

    harness.scheduler.runFor(Duration.ofMinutes(5));
    fakes.source().offerKeyed(LANE_1, "a");
    harness.settle();
    assertThat(fakes.sink().stored).as("the window is over").hasSize(6);
  }

  @Test
  void aRecordThatIsGivenUpDoesNotCount() {
    Fakes fakes =
        tolerating(ErrorsTolerance.ALL).withDeadLetters().idempotent(KEYS).running(harness);
    spoil(fakes.sink(), TestError.poison("too large"), 0L);
    fakes.source().offerKeyed(LANE_0, "a");
    harness.settle();
    fakes.source().offerKeyed(LANE_0, "a");
    harness.settle();

    assertThat(fakes.sink().stored).containsExactly(new Position(1));
    assertThat(fakes.deadLetters().stored).containsExactly(new Position(0));
  }
}
