package io.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.BusHarness.Target;
import io.sluice.flows.model.BusReading.Start;
import io.sluice.flows.model.BusRule.Status;
import io.sluice.sdk.batch.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Targets of a bus, which read its topic together as long as they keep up. */
class SharedReadingTest {
  /** More records than a shared reading keeps. */
  private static final int MANY = 100;

  private static final Duration MOMENT = Duration.ofSeconds(2);

  private final BusHarness bus = new BusHarness(2);

  @AfterEach
  void close() {
    bus.engine.close();
  }

  @Test
  void twoHundredRulesReadTheTopicOnce() {
    String[] customers = IntStream.range(0, 200).mapToObj(Integer::toString).toArray(String[]::new);
    bus.add(customers);
    bus.awaitRunning(customers);
    for (int n = 0; n < 1_000; n++) {
      bus.topic.store(n % 2, Integer.toString(n % 50));
    }
    settle();

    assertThat(bus.topic.readings).hasSize(1);
    assertThat(bus.topic.readings.get(0).offered).isEqualTo(1_000);
    for (int n = 0; n < 50; n++) {
      Target target = bus.target(Integer.toString(n));
      assertThat(target.of(n % 2)).hasSize(20).isSorted().doesNotHaveDuplicates();
      assertThat(target.of(1 - n % 2)).isEmpty();
    }
    FlowStatus idle = bus.engine.status("199");
    assertThat(idle.in()).isEqualTo(1_000);
    assertThat(idle.filtered()).isEqualTo(1_000);
    assertThat(idle.lag()).hasValue(0);
    FlowStatus busy = bus.engine.status("7");
    assertThat(busy.in()).isEqualTo(1_000);
    assertThat(busy.out()).isEqualTo(20);
    assertThat(busy.filtered()).isEqualTo(980);
  }

  @Test // I3, I4, I6
  void aSlowTargetLeavesAndTakesPartAgainWhenItHasCaughtUp() {
    bus.addForAll("slow", "quick");
    bus.awaitRunning("slow", "quick");
    bus.target("slow").stuck = true;
    store(MANY);
    settle();

    assertThat(bus.target("quick").of(0)).as("waits for nobody").isEqualTo(upTo(MANY));
    assertThat(bus.target("slow").of(0)).isEmpty();
    assertThat(bus.topic.readings("slow")).as("left").hasSize(1);
    assertThat(bus.topic.readings("slow").get(0).offered).as("waits for its own").isLessThan(20);
    assertThat(bus.committed("slow", 0)).isEqualTo(new Position(0));

    bus.target("slow").release();
    settle();
    assertThat(bus.topic.readings("slow").get(0).stopped).as("takes part again").isTrue();
    long read = bus.topic.readings("slow").get(0).offered;
    store(MANY);
    settle();

    for (String target : List.of("slow", "quick")) {
      assertThat(bus.target(target).of(0)).as(target).isEqualTo(upTo(2 * MANY));
      assertThat(bus.target(target).of(1)).as(target).isEqualTo(upTo(2 * MANY));
    }
    assertThat(bus.topic.readings("slow")).hasSize(1);
    assertThat(bus.topic.readings("slow").get(0).offered).isEqualTo(read);
    assertThat(bus.engine.status("slow").in()).isEqualTo(4 * MANY);
  }

  @Test
  void aTargetThatTakesAMomentIsWaitedFor() {
    bus.addForAll("late", "quick");
    bus.awaitRunning("late", "quick");
    settle();
    bus.target("late").stuck = true;
    store(MANY);
    bus.target("late").release();
    settle();

    assertThat(bus.topic.readings).as("nobody reads for itself").hasSize(1);
    assertThat(bus.target("late").of(0)).isEqualTo(upTo(MANY));
    assertThat(bus.target("quick").of(0)).isEqualTo(upTo(MANY));
  }

  @Test
  void manyTargetsThatLagTogetherAreWaitedForWhileTheyMove() {
    String[] names = IntStream.range(0, 40).mapToObj(n -> "t" + n).toArray(String[]::new);
    bus.addForAll(names);
    bus.awaitRunning(names);
    for (String name : names) {
      bus.target(name).stuck = true;
    }
    for (int round = 0; round < 20; round++) {
      store(16);
      bus.engine.scheduler.runFor(Duration.ofMillis(100));
      for (String name : names) {
        bus.target(name).step();
      }
    }
    assertThat(bus.topic.readings).as("none reads for itself").hasSize(1);
    assertThat(bus.topic.readings.get(0).offered).as("they are waited for").isLessThan(500);
    settle();
    assertThat(bus.topic.readings).as("nobody moves any more").hasSize(41);

    for (String name : names) {
      bus.target(name).release();
    }
    settle();
    for (String name : names) {
      assertThat(bus.target(name).of(0)).isEqualTo(upTo(320));
    }
  }

  @Test // I3
  void aTargetThatStartsBehindCatchesUpByItselfAndThenTakesPart() {
    bus.addForAll("old", "older");
    bus.awaitRunning("old", "older");
    store(10);
    settle();
    bus.target("older").stuck = true;
    store(MANY);
    settle();
    bus.kill();

    bus.target("older").stuck = false;
    bus.add("9");
    bus.addForAll("old", "older");
    bus.awaitRunning("old", "older", "9");
    settle();
    assertThat(bus.topic.readings).hasSizeGreaterThan(1);
    store(1);
    settle();

    assertThat(bus.target("older").of(0)).containsAll(upTo(MANY + 11)).hasSizeLessThan(MANY + 30);
    assertThat(bus.target("old").of(0)).endsWith((long) MANY + 10);
    assertThat(bus.topic.readings).allMatch(one -> one.reader.isEmpty() || one.stopped);
  }

  @Test // I1, I2
  void aKilledRuntimeGoesOnTogetherWhereItsTargetsStood() {
    bus.add("1", "2", "3");
    bus.awaitRunning("1", "2", "3");
    bus.topic.store(0, "1");
    bus.topic.store(0, "nobody's");
    bus.engine.scheduler.runFor(Duration.ofSeconds(20));
    bus.target("1").stuck = true;
    bus.topic.store(0, "1");
    bus.engine.scheduler.runFor(Duration.ofSeconds(20));
    assertThat(bus.committed("1", 0)).as("not beyond what is done").isEqualTo(new Position(2));
    assertThat(bus.committed("2", 0)).as("moves with the reading").isEqualTo(new Position(3));
    bus.kill();

    bus.target("1").stuck = false;
    bus.add("1", "2", "3");
    bus.awaitRunning("1", "2", "3");
    settle();

    assertThat(bus.target("1").of(0)).containsExactly(0L, 2L);
    assertThat(bus.topic.readings("2")).as("begins with the shared reading").isEmpty();
    assertThat(bus.topic.readings("").get(0).offered).as("begins where most stood").isZero();
  }

  @Test
  void anotherRuleTakesItsPlaceWithoutALossWhileOthersGoOn() {
    bus.add("1", "2");
    bus.awaitRunning("1", "2");
    bus.topic.store(0, "1");
    bus.topic.store(0, "3");
    settle();

    CompletableFuture<Boolean> replaced =
        bus.engine
            .engine
            .replace(bus.flow("1", Optional.of("3")), Duration.ofSeconds(5))
            .toCompletableFuture();
    bus.topic.store(0, "3");
    bus.topic.store(0, "1");
    bus.topic.store(0, "2");
    bus.engine.scheduler.runUntil(MOMENT, replaced::isDone);
    settle();
    bus.topic.store(0, "3");
    settle();

    assertThat(bus.target("1").of(0)).first().isEqualTo(0L);
    assertThat(bus.target("1").of(0)).endsWith(5L).doesNotContain(1L, 4L);
    assertThat(bus.target("2").of(0)).containsExactly(4L);
    assertThat(bus.topic.readings("2")).isEmpty();
    assertThat(bus.topic.readings).allMatch(one -> one.reader.isEmpty() || one.stopped);
  }

  @Test
  void aDisabledRuleMovesAlongAndMatchesNothing() {
    bus.addForAll("on");
    bus.engine.engine.add(
        bus.flow("off", Optional.empty(), Status.DISABLE, Start.WITH_THE_BUS, Optional.empty()));
    bus.awaitRunning("on", "off");
    store(10);
    bus.engine.scheduler.runFor(Duration.ofSeconds(20));

    assertThat(bus.target("off").of(0)).isEmpty();
    assertThat(bus.committed("off", 0)).isEqualTo(new Position(10));
    assertThat(bus.engine.status("off").filtered()).isEqualTo(20);
  }

  @Test
  void aPausedTargetStaysWhereItIsAndMissesNothing() {
    bus.addForAll("one", "other");
    bus.awaitRunning("one", "other");
    bus.engine.engine.pause("one");
    settle();
    store(3);
    settle();
    assertThat(bus.target("one").of(0)).isEmpty();
    assertThat(bus.committed("one", 0)).isEqualTo(new Position(0));

    bus.engine.engine.resume("one");
    settle();
    assertThat(bus.target("one").of(0)).isEqualTo(upTo(3));
    assertThat(bus.topic.readings("one")).as("the window had it all").isEmpty();

    bus.engine.engine.pause("one");
    settle();
    store(MANY);
    settle();
    bus.engine.engine.resume("one");
    settle();
    assertThat(bus.target("one").of(0)).isEqualTo(upTo(MANY + 3));
    assertThat(bus.topic.readings("one")).hasSize(1);
  }

  @Test
  void aTargetThatBeginsElsewhereReadsForItselfFirst() {
    bus.engine.engine.add(
        bus.flow("only", Optional.empty(), Status.ENABLE, Start.ELSEWHERE, Optional.empty()));
    bus.awaitRunning("only");
    store(5);
    settle();

    assertThat(bus.target("only").of(0)).isEqualTo(upTo(5));
    assertThat(bus.topic.readings("only").get(0).stopped).isTrue();
    store(5);
    settle();
    assertThat(bus.target("only").of(0)).isEqualTo(upTo(10));
    assertThat(bus.topic.readings("").get(0).offered).isPositive();
  }

  @Test
  void aReadingOfItsOwnThatCannotBeginIsTriedAgain() {
    bus.addForAll("slow", "quick");
    bus.awaitRunning("slow", "quick");
    bus.target("slow").stuck = true;
    bus.topic.failures.add(TestError.down("not now"));
    store(MANY);
    settle();
    bus.target("slow").release();
    bus.engine.scheduler.runFor(Duration.ofSeconds(10));

    assertThat(bus.target("slow").of(0)).isEqualTo(upTo(MANY));
    assertThat(bus.topic.readings("slow")).hasSize(2);
    assertThat(bus.engine.status("slow").troubled()).isFalse();
  }

  @Test
  void aSharedReadingThatCannotBeginIsBegunAgainForAll() {
    bus.topic.failures.add(TestError.down("not now"));
    bus.addForAll("one", "other");
    bus.awaitRunning("one", "other");
    store(3);
    settle();

    assertThat(bus.target("one").of(0)).isEqualTo(upTo(3));
    assertThat(bus.target("other").of(1)).isEqualTo(upTo(3));
    assertThat(bus.topic.readings("").get(0).stopped).isTrue();
    assertThat(bus.topic.readings("").stream().filter(one -> !one.stopped)).hasSize(1);
  }

  @Test
  void aSharedReadingThatBreaksStopsAllWhoTakePart() {
    bus.addForAll("one", "other");
    bus.awaitRunning("one", "other");
    bus.topic.readings("").get(0).receiver().failed(TestError.broken("a gap"));
    bus.engine.awaitState("one", FlowState.RUNNING_FAILED);
    bus.engine.awaitState("other", FlowState.RUNNING_FAILED);
    bus.engine.scheduler.runFor(Duration.ofSeconds(30));

    bus.engine.engine.resume("one");
    bus.engine.awaitState("one", FlowState.RUNNING);
    store(3);
    settle();
    assertThat(bus.target("one").of(0)).isEqualTo(upTo(3));
  }

  @Test
  void aQueueThatAppearsIsReadByAll() {
    bus.addForAll("one", "other");
    bus.awaitRunning("one", "other");
    bus.topic.addPartition();
    bus.topic.store(2, "any");
    settle();

    assertThat(bus.target("one").of(2)).isEqualTo(upTo(1));
    assertThat(bus.target("other").of(2)).isEqualTo(upTo(1));
    assertThat(bus.topic.readings).hasSize(1);
  }

  @Test
  void theReadingEndsWithItsLastTarget() {
    bus.addForAll("one", "other");
    bus.awaitRunning("one", "other");
    bus.engine.engine.remove("one", MOMENT);
    settle();
    assertThat(bus.topic.readings("").get(0).stopped).isFalse();
    bus.engine.engine.remove("other", MOMENT);
    settle();
    assertThat(bus.topic.readings("").get(0).stopped).isTrue();
  }

  @Test // I3, I4
  void nothingIsLostRepeatedOrReorderedHoweverTargetsLagAndCatchUp() {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("seed of lagging targets: -Dsluice.seed=" + seed);
    Random random = new Random(seed);
    String[] names = {"a", "b", "c", "d"};
    bus.addForAll(names);
    bus.awaitRunning(names);
    int[] stored = new int[2];
    for (int step = 0; step < 300; step++) {
      for (int more = random.nextInt(12); more > 0; more--) {
        int lane = random.nextInt(2);
        bus.topic.store(lane, "any");
        stored[lane]++;
      }
      Target one = bus.target(names[random.nextInt(names.length)]);
      switch (random.nextInt(4)) {
        case 0 -> one.stuck = true;
        case 1 -> one.release();
        case 2 -> bus.engine.engine.pause(one.flow);
        default -> bus.engine.engine.resume(one.flow);
      }
      bus.engine.scheduler.runFor(Duration.ofMillis(random.nextInt(400)));
    }
    for (String name : names) {
      bus.target(name).release();
      bus.engine.engine.resume(name);
    }
    bus.engine.scheduler.runFor(Duration.ofSeconds(30));

    for (String name : names) {
      for (int lane = 0; lane < 2; lane++) {
        assertThat(bus.target(name).of(lane))
            .as("%s, lane %d, seed %d", name, lane, seed)
            .isEqualTo(upTo(stored[lane]));
      }
      assertThat(bus.committed(name, 0).offset()).isLessThanOrEqualTo(stored[0]);
    }
    assertThat(bus.topic.readings).allMatch(one -> one.reader.isEmpty() || one.stopped);
    assertThat(bus.topic.readings).as("they did leave").hasSizeGreaterThan(5);
  }

  /** So many records more in each queue, a few at a time. */
  private void store(int records) {
    for (int n = 0; n < records; n++) {
      bus.topic.store(0, "any");
      bus.topic.store(1, "any");
      if (n % 4 == 3) {
        bus.engine.scheduler.runFor(Duration.ofMillis(10));
      }
    }
  }

  private void settle() {
    bus.engine.scheduler.runFor(MOMENT);
  }

  private static List<Long> upTo(int end) {
    return LongStream.range(0, end).boxed().toList();
  }
}
