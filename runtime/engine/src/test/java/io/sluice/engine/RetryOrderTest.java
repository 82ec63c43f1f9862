package io.sluice.engine;

import static io.sluice.engine.FakeSource.LANE_0;
import static io.sluice.engine.RunOptionsHarness.spoil;
import static io.sluice.engine.RunOptionsHarness.tolerating;
import static io.sluice.flows.model.RetryStrategy.Push.BACKOFF_RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import io.sluice.sdk.batch.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * In which order a restart sends records again: some were delivered and not committed, and others
 * among them wait for their retries (I4).
 */
class RetryOrderTest {
  private static final RunOptionsHarness ALL =
      tolerating(ErrorsTolerance.ALL).retrying(BACKOFF_RETRY);

  private EngineHarness harness = new EngineHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  /** A flow that was killed five seconds after its target did not take record 1. */
  private Fakes restarted(
      RunOptionsHarness options, Consumer<FakeSource> offer, Consumer<FakeSink> onSink) {
    Fakes fakes = options.running(harness);
    spoil(fakes.sink(), TestError.down("busy"), 1L);
    offer.accept(fakes.source());
    harness.scheduler.runFor(Duration.ofSeconds(5));
    assertThat(fakes.sink().stored).contains(new Position(0)).doesNotContain(new Position(1));
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(0));

    harness = harness.killedAndBegunAnew();
    Fakes again = options.fakes("flow");
    again.onSink = onSink;
    harness.add(again);
    harness.awaitState("flow", FlowState.RUNNING);
    offer.accept(again.source());
    return again;
  }

  private static List<Position> positions(long... offsets) {
    return LongStream.of(offsets).mapToObj(Position::new).toList();
  }

  @Test
  void recordsBeforeAWaitingOneOfTheirShardingKeyAreSentAgainBeforeIt() {
    Fakes again =
        restarted(
            ALL, source -> source.offerKeyed(LANE_0, "red", "red", "blue", "red"), sink -> {});
    harness.settle();
    assertThat(again.sink().stored).isEqualTo(positions(0, 2));

    harness.scheduler.runFor(Duration.ofMinutes(1));
    assertThat(again.sink().stored).isEqualTo(positions(0, 2, 1, 3));
    assertThat(again.source().committed(LANE_0)).isEqualTo(new Position(4));
  }

  @Test
  void aRetryThatIsDueWaitsForAnEarlierRecordOfItsShardingKeyThatFailsNow() {
    Fakes again =
        restarted(
            ALL,
            source -> source.offerKeyed(LANE_0, "red", "red", "blue"),
            sink -> spoil(sink, TestError.down("busy"), 0L));
    harness.scheduler.runFor(Duration.ofSeconds(1));
    again.sink().verdict = record -> Optional.empty();
    assertThat(again.sink().stored).isEqualTo(positions(2));

    harness.scheduler.runFor(Duration.ofMinutes(1));
    assertThat(again.sink().stored).isEqualTo(positions(2, 0, 1));
    assertThat(again.source().committed(LANE_0)).isEqualTo(new Position(3));
  }

  @Test
  void aRetryWhoseTimePassedMeanwhileWaitsForWhatIsSentAgainBeforeIt() {
    Fakes again =
        restarted(
            ALL,
            source -> {
              harness.scheduler.runFor(Duration.ofMinutes(1));
              source.offerKeyed(LANE_0, "red", "red", "blue");
            },
            sink -> {});
    harness.settle();
    assertThat(again.sink().stored.stream().filter(position -> position.offset() < 2))
        .isEqualTo(positions(0, 1));
  }

  @Test
  void withNoneAWaitingRecordPassesNoneThatIsSentAgain() {
    Fakes again =
        restarted(
            tolerating(ErrorsTolerance.NONE).retrying(BACKOFF_RETRY),
            source -> source.offer(LANE_0, 3),
            sink -> {});
    harness.settle();
    assertThat(again.sink().stored).isEqualTo(positions(0));

    harness.scheduler.runFor(Duration.ofMinutes(1));
    assertThat(again.sink().stored).isEqualTo(positions(0, 1, 2));
    assertThat(harness.store.retries).isEmpty();
  }
}
