package io.sluice.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TestError;
import io.sluice.engine.simulation.SimulatedScheduler;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import io.sluice.sdk.sink.WriteResult.Stored;
import io.sluice.sdk.sink.WriteResult.Unknown;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final Partition LANE = new Partition("lane-0", 0);
  private static final Optional<TargetPosition> TARGET =
      Optional.of(new TargetPosition("target", 9));

  private final SimulatedScheduler scheduler = new SimulatedScheduler(1);
  private final Queue<Supplier<CompletionStage<WriteResult>>> answers = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<SluiceException> troubles = new ArrayList<>();
  private Optional<SluiceException> refusal = Optional.empty();

  @Test
  void tellsWhereTheTargetStands() {
    answer(new Stored(TARGET));

    deliver(batch(0, 5));

    assertThat(calls).containsExactly("write 0-5");
    assertThat(told).containsExactly("stored " + TARGET);
  }

  @Test
  void writesAgainWhatWasNotStoredAfterWaitingLongerEachTime() {
    for (int attempt = 0; attempt < 4; attempt++) {
      answer(notStored(0));
    }
    answer(new Stored(TARGET));
    deliver(batch(0, 5));
    List<Long> times = new ArrayList<>();
    while (told.stream().noneMatch(one -> one.startsWith("stored"))) {
      int before = calls.size();
      scheduler.step();
      if (calls.size() > before) {
        times.add(Duration.ofNanos(scheduler.nanoTime()).toMillis());
      }
    }

    assertThat(times).containsExactly(100L, 300L, 700L, 1_500L);
    assertThat(calls).hasSize(5).containsOnly("write 0-5");
    assertThat(told)
        .containsExactly("repeated", "repeated", "repeated", "repeated", "stored " + TARGET);
  }

  @Test
  void writesOnlyWhatIsLeftAndBeginsTheWaitsAnewWhenItGotOn() {
    answer(notStored(0), notStored(0), notStored(3), new Stored(TARGET));

    deliver(batch(0, 5));
    scheduler.runFor(Duration.ofMillis(400)); // 100 + 200 + 100

    assertThat(calls).containsExactly("write 0-5", "write 0-5", "write 0-5", "write 3-5");
    assertThat(told).last().isEqualTo("stored " + TARGET);
  }

  @Test // I7
  void looksBeforeItWritesAgainWhenTheOutcomeIsUnknown() {
    answer(unknown(0), notStored(2), new Stored(TARGET));

    deliver(batch(0, 5));
    scheduler.runFor(Duration.ofSeconds(1));

    assertThat(calls).containsExactly("write 0-5", "resolve 0-5", "write 2-5");
    assertThat(told).containsExactly("unknown", "repeated", "stored " + TARGET);
  }

  @Test // I7
  void keepsLookingWhileTheLookIsUnknown() {
    answer(unknown(1), unknown(1), unknown(3), new Stored(TARGET));

    deliver(batch(0, 5));
    scheduler.runFor(Duration.ofSeconds(10));

    assertThat(calls).containsExactly("write 0-5", "resolve 1-5", "resolve 1-5", "resolve 3-5");
    assertThat(told).containsExactly("unknown", "stored " + TARGET);
  }

  @Test // I7
  void takesAFailureOfTheSinkForAnUnknownOutcome() {
    answers.add(
        () -> {
          throw new IllegalStateException("a bug");
        });
    answers.add(() -> CompletableFuture.failedFuture(new NoClassDefFoundError("another")));
    answers.add(() -> CompletableFuture.completedFuture(null));
    answers.add(() -> null);
    answer(new Stored(TARGET));

    deliver(batch(0, 5));
    scheduler.runFor(Duration.ofSeconds(10));

    assertThat(calls)
        .containsExactly("write 0-5", "resolve 0-5", "resolve 0-5", "resolve 0-5", "resolve 0-5");
    assertThat(told).last().isEqualTo("stored " + TARGET);
    assertThat(troubles).allMatch(trouble -> trouble.code().id().equals("engine.unexpected"));
  }

  @Test // I7
  void looksWhenAnAnswerSpeaksOfPositionsOutsideTheBatch() {
    answer(notStored(5), notStored(7), new Stored(TARGET));

    deliver(batch(0, 5));
    scheduler.runFor(Duration.ofSeconds(1));

    assertThat(calls).containsExactly("write 0-5", "resolve 0-5", "resolve 0-5");
  }

  @Test
  void endsWhenNothingButDroppedRecordsIsLeft() {
    answer(notStored(3));

    deliver(batch(0, 5).filter(record -> record.position().offset() < 3));

    assertThat(told).containsExactly("stored Optional.empty");
  }

  @Test
  void givesUpWithTheExactPlaceWhenTheTargetRefusesForGood() {
    answer(new NotStored(new Position(2), TestError.broken("too large")));

    deliver(batch(0, 5));

    assertThat(told).containsExactly("refused");
    assertThat(refusal.orElseThrow().location())
        .isEqualTo(Location.InFlow.of("flow", LANE, new Position(2)));
  }

  @Test
  void ignoresWhateverComesAfterItWasAbandoned() {
    CompletableFuture<WriteResult> late = new CompletableFuture<>();
    answers.add(() -> late);
    Delivery delivery = deliver(batch(0, 5));

    delivery.abandon();
    delivery.abandon();
    late.complete(unknown(0));
    scheduler.runFor(Duration.ofMinutes(1));

    assertThat(told).containsExactly("abandoned");
    assertThat(calls).hasSize(1);
  }

  @Test
  void doesNotWriteAgainOnceItWasAbandonedInAWait() {
    answer(notStored(0));
    Delivery delivery = deliver(batch(0, 5));

    delivery.abandon();
    scheduler.runFor(Duration.ofMinutes(1));

    assertThat(calls).hasSize(1);
    assertThat(told).containsExactly("abandoned");
  }

  private Delivery deliver(Batch batch) {
    Backoff backoff = Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(30), () -> 0);
    Delivery delivery =
        new Delivery("flow", new Scripted(), batch, scheduler, backoff, new Listener());
    delivery.start();
    return delivery;
  }

  private void answer(WriteResult... results) {
    for (WriteResult result : results) {
      answers.add(() -> CompletableFuture.completedFuture(result));
    }
  }

  private static WriteResult notStored(long from) {
    return new NotStored(new Position(from), TestError.down("refused"));
  }

  private static WriteResult unknown(long from) {
    return new Unknown(new Position(from), TestError.down("unknown"));
  }

  private static Batch batch(long first, long next) {
    List<DetachedRecord> records =
        LongStream.range(first, next)
            .mapToObj(offset -> DetachedRecord.builder("topic", new Position(offset)).build())
            .toList();
    return Batch.of(LANE, new Position(first), new Position(next), new RecordPayload(records));
  }

  private final class Scripted implements Sink {
    @Override
    public CompletionStage<Void> prepare(
        List<Partition> partitions, Map<Partition, TargetPosition> known) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public @Nullable CompletionStage<WriteResult> write(Batch batch) {
      calls.add("write " + batch.first() + "-" + batch.next());
      return answers.remove().get();
    }

    @Override
    public @Nullable CompletionStage<WriteResult> resolve(Batch batch) {
      calls.add("resolve " + batch.first() + "-" + batch.next());
      return answers.remove().get();
    }

    @Override
    public void close() {}
  }

  private final class Listener implements DeliveryListener {
    @Override
    public void repeated() {
      told.add("repeated");
    }

    @Override
    public void unknown() {
      told.add("unknown");
    }

    @Override
    public void troubled(SluiceException reason) {
      troubles.add(reason);
    }

    @Override
    public void stored(Optional<TargetPosition> target) {
      told.add("stored " + target);
    }

    @Override
    public void refused(Batch rest, SluiceException reason) {
      told.add("refused");
      refusal = Optional.of(reason);
    }

    @Override
    public void abandoned() {
      told.add("abandoned");
    }
  }
}
