package io.sluice.engine;

import static io.sluice.engine.FakeSource.LANE_0;
import static io.sluice.engine.RunOptionsHarness.spoil;
import static io.sluice.engine.RunOptionsHarness.tolerating;
import static io.sluice.flows.model.RetryStrategy.Push.BACKOFF_RETRY;
import static io.sluice.flows.model.RetryStrategy.Push.EXPONENTIAL_DECAY_RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.engine.delivery.BreakerState;
import io.sluice.engine.delivery.DeadLetter;
import io.sluice.flows.model.Ordering;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.source.ResumePoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How records are tried again that the target does not take for now. */
class RetryStrategyTest {
  private EngineHarness harness = new EngineHarness();
  private final List<Instant> attempts = new ArrayList<>();

  @AfterEach
  void close() {
    harness.close();
  }

  /** The target takes none of these records, and the times are noted at which it is asked. */
  private void refuse(FakeSink sink, Long... offsets) {
    spoil(sink, TestError.down("busy"), offsets);
    var verdict = sink.verdict;
    sink.verdict =
        record -> {
          Optional<SluiceException> wrong = verdict.apply(record);
          if (wrong.isPresent()) {
            attempts.add(harness.scheduler.now());
          }
          return wrong;
        };
  }

  private List<Long> intervalMillis() {
    return LongStream.range(1, attempts.size())
        .map(
            index ->
                Duration.between(attempts.get((int) index - 1), attempts.get((int) index))
                    .toMillis())
        .boxed()
        .toList();
  }

  @Test
  void backoffTriesThreeTimesTenToTwentySecondsApart() {
    harness.jitter = 0.25;
    Fakes fakes =
        tolerating(ErrorsTolerance.ALL).withDeadLetters().retrying(BACKOFF_RETRY).running(harness);
    refuse(fakes.sink(), 0L);
    fakes.source().offer(LANE_0, 1);
    harness.scheduler.runFor(Duration.ofSeconds(5));
    harness.jitter = 0;
    harness.scheduler.runFor(Duration.ofSeconds(10));
    harness.jitter = 0.999_99;
    harness.scheduler.runFor(Duration.ofHours(1));

    assertThat(intervalMillis()).containsExactly(12_500L, 10_000L, 20_000L);
    DetachedRecord letter = fakes.deadLetters().records.get(0);
    assertThat(letter.userProperty(DeadLetter.ATTEMPTS)).contains("4");
    assertThat(letter.userProperty(DeadLetter.EXHAUSTED)).contains("MaximumRetryAttempts");
    assertThat(letter.userProperty(DeadLetter.FIRST_FAILURE)).contains(attempts.get(0).toString());
    assertThat(letter.userProperty(DeadLetter.LAST_FAILURE)).contains(attempts.get(3).toString());
    assertThat(letter.userProperty(DeadLetter.CODE)).contains("test.down");
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(1));
  }

  @Test
  void exponentialDecayTriesForADay() {
    Fakes fakes =
        tolerating(ErrorsTolerance.ALL)
            .withDeadLetters()
            .retrying(EXPONENTIAL_DECAY_RETRY)
            .running(harness);
    refuse(fakes.sink(), 0L);
    fakes.source().offer(LANE_0, 1);
    harness.scheduler.runFor(Duration.ofHours(25));

    List<Long> expected = new ArrayList<>();
    for (int retry = 0; retry < 176; retry++) {
      expected.add(1000L << Math.min(retry, 9));
    }
    assertThat(intervalMillis()).isEqualTo(expected);
    assertThat(Duration.between(attempts.get(0), attempts.get(176)))
        .isEqualTo(Duration.ofSeconds(86_015));
    assertThat(fakes.deadLetters().records.get(0).userProperty(DeadLetter.ATTEMPTS))
        .contains("177");
  }

  @Test
  void stopsAtTheCapOfAttempts() {
    Fakes fakes =
        tolerating(ErrorsTolerance.ALL)
            .withDeadLetters()
            .retrying(EXPONENTIAL_DECAY_RETRY, 2, Optional.empty())
            .running(harness);
    refuse(fakes.sink(), 0L);
    fakes.source().offer(LANE_0, 1);
    harness.scheduler.runFor(Duration.ofMinutes(5));

    assertThat(intervalMillis()).containsExactly(1_000L, 2_000L);
    assertThat(fakes.deadLetters().records).hasSize(1);
  }

  @Test
  void stopsAtTheCapOfAge() {
    Fakes fakes =
        tolerating(ErrorsTolerance.ALL)
            .withDeadLetters()
            .retrying(EXPONENTIAL_DECAY_RETRY, 176, Optional.of(Duration.ofSeconds(10)))
            .running(harness);
    refuse(fakes.sink(), 0L);
    fakes.source().offer(LANE_0, 1);
    harness.scheduler.runFor(Duration.ofMinutes(5));

    assertThat(intervalMillis())
        .as("after 1, 3 and 7 s; 15 s would be too late")
        .containsExactly(1_000L, 2_000L, 4_000L);
    assertThat(fakes.deadLetters().records.get(0).userProperty(DeadLetter.EXHAUSTED))
        .contains("MaximumEventAgeInSeconds");
  }

  @Test
  void aRestartKeepsAttemptsAndAge() {
    RunOptionsHarness options =
        tolerating(ErrorsTolerance.ALL)
            .withDeadLetters()
            .retrying(EXPONENTIAL_DECAY_RETRY, 5, Optional.of(Duration.ofSeconds(100)));
    Fakes fakes = options.running(harness);
    refuse(fakes.sink(), 0L);
    fakes.source().offer(LANE_0, 2);
    harness.scheduler.runFor(Duration.ofMillis(3_500)); // failed at 0, 1 and 3 s

    harness = harness.killedAndBegunAnew();
    Fakes again = options.fakes("flow");
    again.onSink = sink -> refuse(sink, 0L);
    harness.add(again);
    harness.awaitState("flow", FlowState.RUNNING);
    again.source().offer(LANE_0, 2);
    harness.scheduler.runFor(Duration.ofMinutes(5));

    assertThat(intervalMillis()).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L);
    DetachedRecord letter = again.deadLetters().records.get(0);
    assertThat(letter.userProperty(DeadLetter.ATTEMPTS)).contains("6");
    assertThat(letter.userProperty(DeadLetter.FIRST_FAILURE)).contains(attempts.get(0).toString());
    assertThat(again.source().committed(LANE_0)).isEqualTo(new Position(2));
    harness.scheduler.runFor(Duration.ofSeconds(1));
    assertThat(harness.store.retries).isEmpty();
  }

  @Test // I1, I3
  void aRestartDoesNotTakeTheTargetsTailForAProofThatARecordInRetryWasDelivered() {
    RunOptionsHarness options =
        tolerating(ErrorsTolerance.ALL).withDeadLetters().retrying(BACKOFF_RETRY);
    Fakes fakes = options.running(harness);
    refuse(fakes.sink(), 1L);
    fakes.source().offer(LANE_0, 4);
    harness.scheduler.runFor(Duration.ofSeconds(2));
    assertThat(fakes.sink().stored)
        .containsExactly(new Position(0), new Position(2), new Position(3));

    harness = harness.killedAndBegunAnew();
    Fakes again = options.fakes("flow");
    again.onSink =
        sink -> sink.tails.put(LANE_0, new ResumePoint(new Position(4), Optional.empty()));
    harness.add(again);
    harness.awaitState("flow", FlowState.RUNNING);

    assertThat(again.source().resumed.get(LANE_0).orElseThrow().next())
        .as("its checkpoint")
        .isEqualTo(new Position(0));
    again.source().offer(LANE_0, 4);
    harness.scheduler.runFor(Duration.ofMinutes(1));
    assertThat(again.sink().stored).contains(new Position(1));
    assertThat(again.source().committed(LANE_0)).isEqualTo(new Position(4));
  }

  @Test // I3
  void aRestartForgetsNoRecordThatWaitedForOneOfItsShardingKey() {
    RunOptionsHarness options = tolerating(ErrorsTolerance.ALL).retrying(BACKOFF_RETRY);
    Fakes fakes = options.running(harness);
    refuse(fakes.sink(), 0L, 4L);
    fakes.source().offerKeyed(LANE_0, "red", "");
    harness.settle();
    fakes.source().offerKeyed(LANE_0, "red", "");
    harness.settle();
    assertThat(fakes.sink().stored).containsExactly(new Position(1), new Position(3));
    assertThat(harness.store.retries.values())
        .extracting(retry -> retry.position().offset() + " " + retry.attempts())
        .containsExactly("0 1", "2 0");
  }

  @Test // I3
  void whereRecordsPassOthersTheTargetsTailProvesNothing() {
    RunOptionsHarness passing = tolerating(ErrorsTolerance.ALL).retrying(BACKOFF_RETRY);
    RunOptionsHarness inOrder = tolerating(ErrorsTolerance.NONE).retrying(BACKOFF_RETRY);
    ResumePoint tail = new ResumePoint(new Position(4), Optional.empty());
    for (RunOptionsHarness options : List.of(passing, inOrder)) {
      Fakes fakes = options.fakes(options.tolerance().name());
      fakes.group = Optional.of("GID_shared");
      fakes.onSink = sink -> sink.tails.put(LANE_0, tail);
      harness.add(fakes);
      harness.awaitState(options.tolerance().name(), FlowState.RUNNING);

      assertThat(fakes.source().resumed.get(LANE_0))
          .isEqualTo(options == passing ? Optional.empty() : Optional.of(tail));
    }
  }

  @Test // I4
  void whileARecordWaitsOnlyThoseOfItsShardingKeyWaitWithIt() {
    Fakes fakes =
        tolerating(ErrorsTolerance.ALL).retrying(EXPONENTIAL_DECAY_RETRY).running(harness);
    refuse(fakes.sink(), 1L);
    fakes.source().offerKeyed(LANE_0, "blue", "red", "blue", "red", "");
    harness.settle();
    assertThat(fakes.sink().stored)
        .containsExactly(new Position(0), new Position(2), new Position(4));
    assertThat(fakes.source().calls).contains("goOn 0-5");
    fakes.source().offerKeyed(LANE_0, "red", "blue");
    harness.settle();

    assertThat(fakes.sink().stored)
        .endsWith(new Position(6))
        .doesNotContain(new Position(3), new Position(5));
    assertThat(fakes.source().committed(LANE_0)).as("I1").isEqualTo(new Position(0));
    assertThat(harness.status("flow").errors().retrying()).isEqualTo(1);
    assertThat(harness.status("flow").troubled()).isTrue();

    fakes.sink().verdict = record -> Optional.empty();
    harness.scheduler.runFor(Duration.ofSeconds(3));
    assertThat(fakes.sink().stored)
        .endsWith(new Position(1), new Position(3), new Position(5))
        .doesNotHaveDuplicates();
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(7));
    assertThat(harness.status("flow").errors().retrying()).isZero();
    assertThat(harness.status("flow").troubled()).isFalse();
  }

  @Test
  void whileARecordWaitsOnlyThoseOfItsOrderingKeyWaitWithIt() {
    Fakes fakes =
        tolerating(ErrorsTolerance.ALL)
            .retrying(EXPONENTIAL_DECAY_RETRY)
            .ordered(new Ordering(record -> record.keys().filter(key -> !key.equals("k0"))))
            .running(harness);
    refuse(fakes.sink(), 0L, 1L);
    // The sharding keys, which are all the same, do not count.
    fakes.source().offerKeyed(LANE_0, "red", "red", "red");
    harness.settle();
    fakes.source().offerKeyed(LANE_0, "red", "red", "red");
    harness.settle();
    assertThat(fakes.sink().stored)
        .as("k2, then those of the second batch that are not k1")
        .containsExactly(new Position(2), new Position(3), new Position(5));

    fakes.sink().verdict = record -> Optional.empty();
    harness.scheduler.runFor(Duration.ofSeconds(3));
    assertThat(fakes.sink().stored)
        .endsWith(new Position(4))
        .containsSubsequence(new Position(1), new Position(4))
        .hasSize(6);
  }

  @Test
  void anOrderlyEndDoesNotWaitForRetriesAndKeepsThem() {
    RunOptionsHarness options =
        tolerating(ErrorsTolerance.ALL).withDeadLetters().retrying(BACKOFF_RETRY);
    Fakes fakes = options.running(harness);
    refuse(fakes.sink(), 1L);
    fakes.source().offer(LANE_0, 3);
    harness.settle();

    DrainReport report = harness.drain(Duration.ofSeconds(5));

    assertThat(report.drained()).isTrue();
    assertThat(fakes.sink().stored).containsExactly(new Position(0), new Position(2));
    assertThat(fakes.source().committed(LANE_0)).as("I1").isEqualTo(new Position(0));
    assertThat(harness.store.retries).hasSize(1);
  }

  @Test // I4
  void withNoneTheWholePartitionWaitsAndTheFlowStopsInTheEnd() {
    Fakes fakes =
        tolerating(ErrorsTolerance.NONE)
            .retrying(BACKOFF_RETRY, 1, Optional.empty())
            .running(harness);
    refuse(fakes.sink(), 1L);
    fakes.source().offer(LANE_0, 4);
    harness.scheduler.runFor(Duration.ofSeconds(5));
    assertThat(fakes.sink().stored).containsExactly(new Position(0));
    harness.awaitState("flow", FlowState.RUNNING_FAILED);

    SluiceException reason = harness.status("flow").trouble().orElseThrow();
    assertThat(reason.code().id()).isEqualTo("engine.retries-exhausted");
    assertThat(reason.location()).isEqualTo(Location.InFlow.of("flow", LANE_0, new Position(1)));
    assertThat(reason.message()).contains("busy").contains("2 times");
    assertThat(fakes.source().calls).doesNotContain("goOn 0-4");
  }

  @Test // I1
  void nothingPassesARecordBeforeItsRetryIsKept() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).retrying(BACKOFF_RETRY).running(harness);
    refuse(fakes.sink(), 0L);
    harness.scheduler.runFor(Duration.ofSeconds(1));
    for (int call = 0; call < 100; call++) {
      harness.store.failures.add(TestError.down("no disk"));
    }
    fakes.source().offer(LANE_0, 3);
    harness.scheduler.runFor(Duration.ofSeconds(5));
    assertThat(attempts).hasSize(1);
    assertThat(fakes.sink().stored).isEmpty();

    harness.store.failures.clear();
    harness.scheduler.runFor(Duration.ofSeconds(8));
    assertThat(fakes.sink().stored).containsExactly(new Position(1), new Position(2));
  }

  @Test
  void aDeadTargetIsAskedEverMoreSeldom() {
    Fakes fakes =
        tolerating(ErrorsTolerance.ALL)
            .withDeadLetters()
            .retrying(EXPONENTIAL_DECAY_RETRY)
            .running(harness);
    Set<Position> asked = new HashSet<>();
    fakes.sink().verdict =
        record -> {
          asked.add(record.position());
          return Optional.of(TestError.down("unreachable"));
        };
    fakes.source().offer(LANE_0, 1_000);
    harness.settle();

    assertThat(asked).hasSize(5);
    assertThat(harness.status("flow").errors().breaker()).contains(BreakerState.OPEN);
    harness.scheduler.runFor(Duration.ofSeconds(40));
    assertThat(asked).as("one more after 5, 10 and 20 s").hasSizeBetween(6, 8);
    fakes.sink().verdict = record -> Optional.empty();
    harness.scheduler.runFor(Duration.ofMinutes(20));

    assertThat(harness.status("flow").errors().breaker()).contains(BreakerState.CLOSED);
    assertThat(fakes.sink().stored).hasSize(1_000);
    assertThat(fakes.deadLetters().stored).isEmpty();
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(1_000));
  }

  @Test
  void retriesKeepTheirTimesThoughTheBreakerIsOpen() {
    Fakes fakes =
        tolerating(ErrorsTolerance.ALL)
            .withDeadLetters()
            .retrying(EXPONENTIAL_DECAY_RETRY, 176, Optional.of(Duration.ofSeconds(3)))
            .running(harness);
    refuse(fakes.sink(), LongStream.range(0, 5).boxed().toArray(Long[]::new));
    fakes.source().offer(LANE_0, 5);
    harness.scheduler.runFor(Duration.ofMillis(3_500));

    assertThat(attempts).as("at 0, 1 and 3 s").hasSize(15);
    assertThat(fakes.deadLetters().stored).hasSize(5);
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(5));
  }
}
