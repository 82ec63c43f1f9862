package io.sluice.engine;

import static io.sluice.engine.RunOptionsHarness.tolerating;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.engine.store.Checkpoint;
import io.sluice.flows.model.Ordering;
import io.sluice.flows.model.RetryStrategy.Push;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.source.ResumePoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Flows that tolerate errors, between a picky target and a dead-letter queue that fails now and
 * then, in a process that dies now and then: whatever happens, no record is lost (I1, I3) and those
 * of a key stay in order (I4).
 */
class RunOptionsSimulationTest {
  private static final int WORLDS = 25;
  private static final int RECORDS = 60;
  private static final List<Partition> LANES = List.of(FakeSource.LANE_0, FakeSource.LANE_1);

  /** By what records are in order. */
  private enum Key {
    SHARDING,
    OF_OWN_CHOICE
  }

  @ParameterizedTest
  @CsvSource({"false, SHARDING", "true, SHARDING", "false, OF_OWN_CHOICE", "true, OF_OWN_CHOICE"})
  void losesNothingAndKeepsTheOrderOfEachKey(boolean shared, Key key) {
    long first = Long.getLong("sluice.seed", System.nanoTime());
    for (long seed = first; seed < first + WORLDS; seed++) {
      World world = new World(seed, shared, key);
      try {
        world.run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "seed "
                + seed
                + ", shared "
                + shared
                + ", "
                + key
                + "\n"
                + String.join("\n", world.history),
            failure);
      }
    }
  }

  /** What outlives the process, and the process of the moment. */
  private static final class World {
    private final Random random;
    private final RunOptionsHarness options;
    private final boolean shared;
    private final Key key;
    private final List<String> history = new ArrayList<>();
    private final Set<String> delivered = new HashSet<>();
    private final Set<String> lettered = new HashSet<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private Map<String, Long> lastOfKey = new HashMap<>();
    private EngineHarness harness = new EngineHarness();
    private Fakes fakes;
    private boolean outage;
    private boolean lettersDown;

    private World(long seed, boolean shared, Key key) {
      this.random = new Random(seed);
      this.shared = shared;
      this.key = key;
      RunOptionsHarness plain =
          tolerating(ErrorsTolerance.ALL)
              .withDeadLetters()
              .retrying(Push.EXPONENTIAL_DECAY_RETRY, 6, Optional.empty());
      this.options =
          key == Key.SHARDING
              ? plain
              : plain.ordered(new Ordering(record -> record.userProperty("group")));
      this.fakes = begin();
    }

    private Fakes begin() {
      Fakes begun = options.fakes("flow");
      begun.group = shared ? Optional.of("GID_shared") : Optional.empty();
      begun.onSink =
          sink -> {
            sink.verdict = this::atTheTarget;
            LANES.forEach(lane -> tail(lane).ifPresent(tail -> sink.tails.put(lane, tail)));
          };
      begun.onLetters = sink -> sink.verdict = this::atTheDeadLetterQueue;
      lastOfKey = new HashMap<>();
      harness.add(begun);
      history.add(
          "begins, checkpoints "
              + harness.store.checkpoints.values().stream()
                  .map(one -> one.partition() + "@" + one.position())
                  .toList()
              + ", retries "
              + harness.store.retries.keySet());
      harness.awaitState("flow", FlowState.RUNNING);
      history.add("resumes at " + begun.source().resumed);
      return begun;
    }

    /** The target tells its end where it has something behind the checkpoint. */
    private Optional<ResumePoint> tail(Partition lane) {
      long end = 0;
      for (long offset = 0; offset < RECORDS; offset++) {
        end = delivered.contains(name(lane, offset)) ? offset + 1 : end;
      }
      Checkpoint checkpoint = harness.store.checkpoints.get("flow/" + lane.name());
      boolean behind = end > (checkpoint == null ? 0 : checkpoint.position().offset());
      return behind
          ? Optional.of(new ResumePoint(new Position(end), Optional.empty()))
          : Optional.empty();
    }

    private void run() {
      for (int step = 0; step < 200; step++) {
        act(random.nextInt(100));
        check();
      }
      outage = false;
      lettersDown = false;
      for (int step = 0; step < 2_000 && !isComplete(); step++) {
        offer();
        harness.scheduler.runFor(Duration.ofSeconds(5));
        check();
      }
      assertThat(isComplete()).as("everything is done: %s", harness.status("flow")).isTrue();
      for (Partition lane : LANES) {
        for (long offset = 0; offset < RECORDS; offset++) {
          String name = name(lane, offset);
          boolean poison = fate(lane, offset).equals("poison");
          assertThat(poison ? lettered : either()).as(name).contains(name);
          assertThat(delivered.contains(name) && poison).as(name).isFalse();
        }
      }
      harness.close();
    }

    private void act(int chance) {
      if (chance < 40) {
        offer();
      } else if (chance < 90) {
        harness.scheduler.runFor(Duration.ofMillis(1 + random.nextInt(4_000)));
      } else if (chance < 93) {
        outage = !outage;
      } else if (chance < 95) {
        lettersDown = !lettersDown;
      } else if (chance < 98) {
        harness = harness.killedAndBegunAnew();
        fakes = begin();
      } else {
        harness.drain(Duration.ofSeconds(2));
        harness = harness.killedAndBegunAnew();
        fakes = begin();
      }
    }

    private void offer() {
      FakeSource source = fakes.source();
      for (Partition lane : LANES) {
        if (source.mayOffer(lane) && source.end(lane).offset() < RECORDS) {
          source.offer(batch(lane, source.end(lane).offset()));
        }
      }
    }

    private Batch batch(Partition lane, long first) {
      long next = Math.min(RECORDS, first + 1 + random.nextInt(8));
      List<DetachedRecord> records = new ArrayList<>();
      for (long offset = first; offset < next; offset++) {
        DetachedRecord.Builder record =
            DetachedRecord.builder(lane.name(), new Position(offset))
                .userProperty("fate", fate(lane, offset));
        if (offset % 3 != 0) {
          if (key == Key.SHARDING) {
            record.systemProperty("__SHARDINGKEY", "key-" + offset % 3);
          } else {
            record.userProperty("group", "key-" + offset % 3);
          }
        }
        records.add(record.build());
      }
      return Batch.of(lane, new Position(first), new Position(next), new RecordPayload(records));
    }

    private static String fate(Partition lane, long offset) {
      return switch ((int) (offset * 7 + lane.lane() * 3) % 23) {
        case 0 -> "poison";
        case 5, 11 -> "slow";
        case 17 -> "never";
        default -> "good";
      };
    }

    private Optional<SluiceException> atTheTarget(Record record) {
      String name = record.topic() + "@" + record.position();
      String fate = record.userProperty("fate").orElseThrow();
      if (fate.equals("poison")) {
        return Optional.of(TestError.poison("poison"));
      }
      boolean slow = fate.equals("slow") && failures.merge(name, 1, Integer::sum) < 3;
      if (outage || slow || fate.equals("never")) {
        return Optional.of(TestError.down("later"));
      }
      delivered.add(name);
      history.add("delivered " + name);
      record
          .systemProperty("__SHARDINGKEY")
          .or(() -> record.userProperty("group"))
          .ifPresent(group -> inOrder(record, group));
      return Optional.empty();
    }

    private void inOrder(Record record, String key) {
      long offset = record.position().offset();
      Long before = lastOfKey.put(record.topic() + key, offset);
      assertThat(before == null || before < offset)
          .as("I4: %s after %s of %s", offset, before, key)
          .isTrue();
    }

    private Optional<SluiceException> atTheDeadLetterQueue(Record record) {
      if (lettersDown) {
        return Optional.of(TestError.down("no disk"));
      }
      history.add("lettered " + record.topic() + "@" + record.position());
      lettered.add(record.topic() + "@" + record.position());
      return Optional.empty();
    }

    /** I1: what is committed is at the target or in the dead-letter queue. */
    private void check() {
      for (Checkpoint checkpoint : harness.store.checkpoints.values()) {
        for (long offset = 0; offset < checkpoint.position().offset(); offset++) {
          assertThat(either()).contains(checkpoint.partition() + "@" + offset);
        }
      }
    }

    private Set<String> either() {
      Set<String> either = new HashSet<>(delivered);
      either.addAll(lettered);
      return either;
    }

    private boolean isComplete() {
      return LANES.stream()
          .allMatch(
              lane ->
                  fakes.source().resumed.containsKey(lane)
                      && fakes.source().committed(lane).offset() == RECORDS);
    }

    private static String name(Partition lane, long offset) {
      return lane.name() + "@" + offset;
    }
  }
}
