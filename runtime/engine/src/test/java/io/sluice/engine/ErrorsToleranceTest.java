package io.sluice.engine;

import static io.sluice.engine.FakeSource.LANE_0;
import static io.sluice.engine.RunOptionsHarness.spoil;
import static io.sluice.engine.RunOptionsHarness.tolerating;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.engine.delivery.DeadLetter;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.WriteResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a record that the target refuses, or that a rule fails on. */
class ErrorsToleranceTest {
  private final EngineHarness harness = new EngineHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void noneStopsTheFlowAtTheRecordAndSaysWhichItIs() {
    Fakes fakes = tolerating(ErrorsTolerance.NONE).running(harness);
    spoil(fakes.sink(), TestError.poison("too large"), 3L);
    fakes.source().offer(LANE_0, 6);
    harness.awaitState("flow", FlowState.RUNNING_FAILED);

    SluiceException reason = harness.status("flow").trouble().orElseThrow();
    assertThat(reason.location()).isEqualTo(Location.InFlow.of("flow", LANE_0, new Position(3)));
    assertThat(reason.message()).isEqualTo("too large");
    assertThat(reason.suggestion()).isNotEmpty();
    assertThat(fakes.sink().stored).containsExactly(at(0, 1, 2));
    assertThat(fakes.source().committed(LANE_0)).as("I1").isEqualTo(new Position(0));
  }

  @Test // I1
  void allKeepsTheRecordAsADeadLetterAndGoesOn() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).withDeadLetters().running(harness);
    spoil(fakes.sink(), TestError.poison("too\nlarge"), 1L);
    fakes.source().offerKeyed(LANE_0, "", "red", "", "red");
    harness.settle();

    assertThat(fakes.sink().stored).containsExactly(at(0, 2, 3));
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(4));
    assertThat(fakes.deadLetters().records).hasSize(1);
    DetachedRecord letter = fakes.deadLetters().records.get(0);
    assertThat(letter.body()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertThat(letter.keys()).contains("k1");
    assertThat(letter.systemProperty("__SHARDINGKEY")).contains("red");
    String now = harness.scheduler.now().minus(Duration.ofMillis(1)).toString();
    Map<String, String> properties = new HashMap<>();
    letter.forEachUserProperty(properties::put);
    assertThat(properties)
        .containsEntry("of", "sender")
        .containsEntry(DeadLetter.FLOW, "flow")
        .containsEntry(DeadLetter.RULE, "flow")
        .containsEntry(DeadLetter.TARGET, "fake:fake")
        .containsEntry(DeadLetter.CODE, "test.broken")
        .containsEntry(DeadLetter.MESSAGE, "too large")
        .containsEntry(DeadLetter.ATTEMPTS, "1")
        .containsEntry(DeadLetter.TOPIC, "topic")
        .containsEntry(DeadLetter.QUEUE, "lane-0")
        .containsEntry(DeadLetter.OFFSET, "1")
        .containsEntry(DeadLetter.FIRST_FAILURE, now)
        .containsEntry(DeadLetter.LAST_FAILURE, now)
        .doesNotContainKey(DeadLetter.EXHAUSTED);
    FlowStatus status = harness.status("flow");
    assertThat(status.errors().deadLettered()).isEqualTo(1);
    assertThat(status.out()).isEqualTo(3);
    assertThat(status.filtered()).isZero();
    assertThat(status.state()).isEqualTo(FlowState.RUNNING);
  }

  @Test
  void allWithoutADeadLetterQueueDropsTheRecordAndCountsIt() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).running(harness);
    spoil(fakes.sink(), TestError.poison("too large"), 0L, 4L);
    fakes.source().offer(LANE_0, 5);
    harness.settle();

    assertThat(fakes.sink().stored).containsExactly(at(1, 2, 3));
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(5));
    assertThat(harness.status("flow").errors().dropped()).isEqualTo(2);
    assertThat(harness.status("flow").out()).isEqualTo(3);
  }

  @Test
  void dropsAnyNumberInARow() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).fakes("flow");
    harness.engine.add(
        fakes.flow(
            DesiredStatus.RUNNING,
            Optional.of(
                record -> {
                  throw new IllegalArgumentException("not a number");
                })));
    harness.awaitState("flow", FlowState.RUNNING);
    fakes.source().offer(LANE_0, 5_000);
    harness.settle();

    assertThat(harness.status("flow").errors().dropped()).isEqualTo(5_000);
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(5_000));
  }

  @Test
  void aTargetThatBlamesTheWrongRecordOfARequestLosesNoneOfTheOthers() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).withDeadLetters().running(harness);
    FakeSink sink = fakes.sink();
    for (int request = 0; request < 6; request++) { // all at once, or one alone
      sink.then(
          batch -> {
            boolean spoilt = false;
            for (var record : batch.records()) {
              spoilt |= record.position().offset() == 2;
            }
            if (spoilt) {
              return CompletableFuture.completedFuture(
                  new WriteResult.NotStored(batch.first(), TestError.poison("one of these")));
            }
            batch.records().forEach(record -> sink.stored.add(record.position()));
            return CompletableFuture.completedFuture(FakeSink.stored());
          });
    }
    fakes.source().offer(LANE_0, 3);
    harness.settle();
    fakes.source().offer(LANE_0, 1);
    harness.settle();

    assertThat(fakes.deadLetters().stored).containsExactly(at(2));
    assertThat(sink.stored).containsExactly(at(0, 1, 3));
  }

  @Test
  void whatIsNotARecordsFaultStopsEvenATolerantFlow() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).withDeadLetters().running(harness);
    spoil(fakes.sink(), TestError.broken("the target lost its end"), 1L);
    fakes.source().offer(LANE_0, 3);
    harness.awaitState("flow", FlowState.RUNNING_FAILED);

    assertThat(fakes.deadLetters().stored).isEmpty();
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(0));
  }

  @Test
  void recordsThatARuleFailsOnAreDeadLettersBeforeAnythingBehindThemIsWritten() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).withDeadLetters().fakes("flow");
    harness.engine.add(
        fakes.flow(
            DesiredStatus.RUNNING,
            Optional.of(
                record -> {
                  long offset = record.position().offset();
                  if (offset == 1 || offset == 3) {
                    throw new IllegalArgumentException("not a number");
                  }
                  return offset != 4;
                })));
    harness.awaitState("flow", FlowState.RUNNING);
    CompletableFuture<WriteResult> answer = new CompletableFuture<>();
    fakes.deadLetters().then(batch -> answer);
    fakes.source().offer(LANE_0, 6);
    harness.settle();
    assertThat(fakes.sink().stored).isEmpty();
    answer.complete(FakeSink.stored());
    harness.settle();

    assertThat(fakes.sink().stored).containsExactly(at(0, 2, 5));
    assertThat(fakes.deadLetters().stored).containsExactly(at(3));
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(6));
    FlowStatus status = harness.status("flow");
    assertThat(status.errors().deadLettered()).isEqualTo(2);
    assertThat(status.out()).isEqualTo(3);
    assertThat(status.filtered()).isEqualTo(1);
  }

  @Test // I1
  void aDeadLetterQueueThatCannotBeReachedHoldsTheFlowBackAndSaysSo() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).withDeadLetters().running(harness);
    spoil(fakes.sink(), TestError.poison("too large"), 0L);
    fakes.deadLetters().verdict = record -> Optional.of(TestError.down("no disk"));
    fakes.source().offer(LANE_0, 2);
    harness.scheduler.runFor(Duration.ofHours(1));

    FlowStatus held = harness.status("flow");
    assertThat(held.state()).isEqualTo(FlowState.RUNNING);
    assertThat(held.troubled()).isTrue();
    assertThat(held.trouble().orElseThrow().code().id()).isEqualTo("engine.dead-letter-held");
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(0));
    assertThat(fakes.sink().stored).isEmpty();

    fakes.deadLetters().verdict = record -> Optional.empty();
    harness.scheduler.runFor(Duration.ofMinutes(1));
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(2));
    assertThat(harness.status("flow").troubled()).isFalse();
  }

  @Test // I1
  void aDeadLetterThatIsRefusedStopsTheFlow() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).withDeadLetters().running(harness);
    spoil(fakes.sink(), TestError.poison("too large"), 0L);
    spoil(fakes.deadLetters(), TestError.poison("too large here too"), 0L);
    fakes.source().offer(LANE_0, 2);
    harness.awaitState("flow", FlowState.RUNNING_FAILED);

    SluiceException reason = harness.status("flow").trouble().orElseThrow();
    assertThat(reason.code().id()).isEqualTo("engine.dead-letter-refused");
    assertThat(reason.location()).isEqualTo(Location.InFlow.of("flow", LANE_0, new Position(0)));
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(0));
  }

  @Test
  void withoutAStrategyTheFlowWaitsForItsTargetAsLongAsItTakes() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).withDeadLetters().running(harness);
    fakes.sink().verdict = record -> Optional.of(TestError.down("unreachable"));
    fakes.source().offer(LANE_0, 2);
    harness.scheduler.runFor(Duration.ofDays(7));

    assertThat(fakes.deadLetters().stored).isEmpty();
    assertThat(harness.status("flow").troubled()).isTrue();
    fakes.sink().verdict = record -> Optional.empty();
    harness.scheduler.runFor(Duration.ofMinutes(2));
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(2));
  }

  @Test // I7
  void anUnknownOutcomeIsLookedUpBeforeAnythingElse() {
    Fakes fakes = tolerating(ErrorsTolerance.ALL).withDeadLetters().running(harness);
    fakes.sink().then(FakeSink.unknown(0)).then(FakeSink.unknown(0)).then(FakeSink.stored());
    fakes.source().offer(LANE_0, 2);
    harness.scheduler.runFor(Duration.ofSeconds(5));

    assertThat(fakes.sink().calls)
        .filteredOn(call -> !call.equals("prepare") && !call.equals("tails"))
        .containsExactly("write 0-2", "resolve 0-2", "resolve 0-2");
    assertThat(fakes.source().committed(LANE_0)).isEqualTo(new Position(2));
  }

  private static Position[] at(long... offsets) {
    Position[] positions = new Position[offsets.length];
    for (int index = 0; index < offsets.length; index++) {
      positions[index] = new Position(offsets[index]);
    }
    return positions;
  }
}
