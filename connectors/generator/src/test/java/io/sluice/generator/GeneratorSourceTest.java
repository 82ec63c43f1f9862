package io.sluice.generator;

import static io.sluice.generator.Configurations.count;
import static io.sluice.generator.Configurations.endless;
import static io.sluice.generator.Configurations.rate;
import static io.sluice.generator.Configurations.repeating;
import static io.sluice.generator.Configurations.uneven;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.time.Rounds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GeneratorSourceTest {

  private static List<Long> sequences(Engine engine) {
    return engine.records.stream()
        .map(record -> Long.parseLong(record.keys().orElseThrow()))
        .sorted()
        .toList();
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  @Test
  void makesEveryRecordOnce() {
    Engine engine = new Engine(count(10_003)).doneAtOnce().start().run();

    assertThat(sequences(engine)).isEqualTo(numbers(0, 10_003));
    assertThat(engine.source().progress())
        .allSatisfy(progress -> assertThat(progress.lag()).hasValue(0));
  }

  @Test
  void dealsRecordsToItsPartitionsInTurn() {
    Engine engine = new Engine(count(10)).doneAtOnce().start().run();

    assertThat(engine.assigned).extracting(Partition::lane).containsExactly(0, 1, 2, 3);
    assertThat(engine.assigned).extracting(Partition::name).startsWith("generator/demo/0");
    assertThat(engine.ends.values())
        .containsExactlyInAnyOrder(
            new Position(3), new Position(3), new Position(2), new Position(2));
  }

  @Test
  void offersNothingMoreOfAPartitionBeforeItsBatchIsDone() {
    Engine engine = new Engine(endless()).start().run();

    assertThat(engine.open).hasSize(4);
    Batch first = engine.open.get(0);
    engine.finish(first);
    engine.run();

    assertThat(engine.open).hasSize(4);
    assertThat(engine.open.get(3).partition()).isEqualTo(first.partition());
  }

  @Test
  void committedIsWhatIsDone() { // I1
    Engine engine = new Engine(count(10_000)).start().run();
    Batch batch = engine.open.get(1);
    engine.source().done(batch.from(new Position(100)), Optional.of(new TargetPosition("t", 77)));

    PartitionProgress progress = engine.source().progress().get(1);
    assertThat(progress.committed()).isEqualTo(batch.next());
    assertThat(progress.point().target()).contains(new TargetPosition("t", 77));
    assertThat(progress.lag()).hasValue(2500 - batch.next().offset());
    assertThat(engine.source().progress().get(0).committed()).isEqualTo(new Position(0));
    assertThat(engine.source().progress().get(0).lag()).hasValue(2500);
  }

  @Test
  void theEndOfAnEndlessGeneratorIsUnknown() {
    Engine engine = new Engine(endless()).start().run();

    assertThat(engine.source().progress())
        .allSatisfy(progress -> assertThat(progress.lag()).isEmpty());
  }

  @Test
  void goesOnWhereItStood() {
    Engine engine =
        new Engine(count(40)).resumeAt(0, 3).resumeAt(1, 10).resumeAt(2, 12).doneAtOnce();
    engine.start().run();

    // Lane 0 has made 0, 4 and 8; lane 1 all of its ten; lane 2 more than there are now.
    assertThat(sequences(engine)).hasSize(7 + 10).startsWith(3L, 7L, 11L, 12L);
    assertThat(engine.source().progress().get(2).committed()).isEqualTo(new Position(12));
    assertThat(engine.source().progress().get(2).lag()).hasValue(0);
  }

  @Test
  void repeatsEverythingAtNewPositions() { // I2
    Engine engine = new Engine(repeating(8)).resumeAt(0, 5).doneAtOnce().start().run();

    assertThat(sequences(engine)).isEqualTo(numbers(0, 8));
    assertThat(engine.ends.get(engine.assigned.get(0))).isEqualTo(new Position(7));
  }

  @Test
  void staysWithinTheLimitOfRecords() { // I6
    Engine engine = new Engine(endless(), new InFlightLimit(10, 1 << 20)).start().run();
    for (int i = 0; i < 100; i++) {
      assertThat(engine.openRecords()).isBetween(1L, 10L);
      engine.finish(engine.open.get(i % engine.open.size()));
      engine.run();
    }
    assertThat(engine.records).hasSizeGreaterThan(200);
  }

  @Test
  void staysWithinTheLimitOfBytes() { // I6
    Engine engine = new Engine(endless(), new InFlightLimit(100_000, 5_000)).start().run();
    for (int i = 0; i < 100; i++) {
      assertThat(engine.openBytes()).isBetween(1L, 5_000L);
      engine.finish(engine.open.get(0));
      engine.run();
    }
  }

  @Test
  void whatIsDoneLeavesRoomForAsMuchAgain() { // I6
    Engine engine = new Engine(uneven(), new InFlightLimit(1000, 20_000)).start().run();
    for (int i = 0; i < 500; i++) {
      engine.finishAll();
      engine.run();
    }
    assertThat(engine.open).hasSizeGreaterThan(2);
  }

  @Test
  void oneRecordLargerThanTheLimitStillMoves() { // I6
    Engine engine = new Engine(count(8), new InFlightLimit(1, 1)).start().run();
    for (int i = 0; i < 8; i++) {
      assertThat(engine.openRecords()).isEqualTo(1);
      engine.finishAll();
      engine.run();
    }
    assertThat(sequences(engine)).isEqualTo(numbers(0, 8));
  }

  @Test
  void keepsItsRate() {
    Engine engine = new Engine(rate(1000)).doneAtOnce().start();

    engine.scheduler.pass(Duration.ofSeconds(10));

    assertThat(engine.records).hasSizeBetween(9_990, 10_001);
    assertThat(engine.scheduler.waiting()).isEqualTo(1);
  }

  @Test
  void aSlowRateMakesRecordsInTheirOrder() {
    Engine engine = new Engine(rate(0.5)).doneAtOnce().start();

    engine.scheduler.pass(Duration.ofSeconds(19));

    assertThat(engine.records)
        .extracting(record -> record.keys().orElseThrow())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void doesNotMakeUpForAPause() {
    Engine engine = new Engine(rate(1000)).doneAtOnce().start();
    engine.scheduler.pass(Duration.ofSeconds(1));
    engine.source().pause();
    int before = engine.records.size();
    engine.scheduler.pass(Duration.ofHours(1));

    assertThat(engine.records).hasSize(before);
    engine.source().resume();
    engine.run();
    assertThat(engine.records).hasSizeLessThan(before + 5);
    engine.scheduler.pass(Duration.ofSeconds(1));
    assertThat(engine.records).hasSizeBetween(before + 990, before + 1010);
  }

  @Test
  void pauseKeepsWhatIsInFlight() {
    Engine engine = new Engine(endless()).start().run();
    engine.source().pause();
    engine.finishAll();
    engine.run();
    assertThat(engine.open).isEmpty();

    engine.source().resume();
    engine.run();
    assertThat(engine.open).hasSize(4);
  }

  @Test
  void givesOtherTasksATurn() {
    Engine engine = new Engine(endless()).doneAtOnce().start();

    engine.scheduler.run(10);

    assertThat(engine.records).hasSize(10 * 4 * 256);
  }

  @Test
  void offersNothingAfterItStopped() {
    Engine engine = new Engine(rate(1000)).start().run();
    assertThat(engine.source().stop().toCompletableFuture()).isCompleted();
    int before = engine.records.size();
    engine.finishAll();
    engine.source().resume();
    engine.scheduler.pass(Duration.ofMinutes(1));

    assertThat(engine.records).hasSize(before);
    assertThat(engine.scheduler.waiting()).isZero();
    assertThat(engine.source().progress()).hasSize(4);
    assertThat(engine.source().stop().toCompletableFuture()).isCompleted();
  }

  @Test
  void stopWaitsForTheOfferOfTheMoment() {
    ManualScheduler scheduler = new ManualScheduler();
    CompletableFuture<?>[] stopped = new CompletableFuture<?>[1];
    Rounds[] rounds = new Rounds[1];
    rounds[0] =
        new Rounds(
            scheduler,
            () -> {
              stopped[0] = rounds[0].stop().toCompletableFuture();
              assertThat(stopped[0]).isNotDone();
              return true;
            });
    rounds[0].request();
    scheduler.run();

    assertThat(stopped[0]).isCompleted();
  }

  @Test
  void waitsForItsResumePoints() {
    Engine engine = new Engine(count(4)).doneAtOnce();
    CompletableFuture<Void> started = engine.source().start(engine).toCompletableFuture();
    engine.source().resume();
    engine.run();
    assertThat(started).isNotDone();
    assertThat(engine.records).isEmpty();
    assertThat(engine.source().progress()).isEmpty();

    engine.answer.complete(engine.resumePoints);
    engine.run();
    assertThat(started).isCompleted();
    assertThat(engine.records).hasSize(4);
  }

  @Test
  void doesNotStartWithoutResumePoints() {
    Engine engine = new Engine(count(4));
    SluiceException cause =
        new SluiceException(GeneratorError.TWO_BODIES, "lookup failed", Location.NONE);
    CompletableFuture<Void> started = engine.source().start(engine).toCompletableFuture();
    engine.answer.completeExceptionally(new CompletionException(cause));

    assertThat(started.handle((nothing, failure) -> failure).join()).isSameAs(cause);
  }

  @Test
  void theSameSeedMakesTheSameRecordsWhateverTheBatches() {
    Engine whole = new Engine(count(100)).doneAtOnce().start().run();
    Engine pieces =
        new Engine(count(100), new InFlightLimit(3, 1 << 20)).doneAtOnce().start().run();

    assertThat(texts(pieces)).containsExactlyInAnyOrderElementsOf(texts(whole));
  }

  private static List<String> texts(Engine engine) {
    return engine.records.stream().map(GeneratorSourceTest::text).toList();
  }

  private static String text(DetachedRecord record) {
    return record + " " + StandardCharsets.UTF_8.decode(record.body());
  }
}
