package io.sluice.engine.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TestError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.TargetPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlowRoutesTest {
  private static final Partition LANE = new Partition("lane-0", 0);
  private static final Optional<TargetPosition> TARGET =
      Optional.of(new TargetPosition("target", 9));

  private final FlowRoutes routes = new FlowRoutes();

  @BeforeEach
  void start() {
    routes.start();
  }

  @AfterEach
  void close() {
    routes.close();
  }

  @Test
  void carriesABatchToTheSinkAndItsTargetBack() {
    Recorded passage = new Recorded(batch(3));

    routes.add("flow", Optional.empty(), Optional.empty()).send(passage);
    assertThat(passage.log).containsExactly("deliver 3");
    passage.exit.join().stored(TARGET);

    assertThat(passage.log).containsExactly("deliver 3", "passed 3 " + TARGET);
    assertThat(passage.delivered.join()).as("no copy").isSameAs(passage.offered());
  }

  @Test
  void deliversOnlyWhatTheRuleLetsPass() {
    Recorded passage = new Recorded(batch(6));

    routes
        .add("flow", Optional.of(record -> record.position().offset() % 2 == 0), Optional.empty())
        .send(passage);
    passage.exit.join().stored(Optional.empty());

    assertThat(passage.log).containsExactly("deliver 3", "passed 3 Optional.empty");
  }

  @Test
  void deliversWhatTheTransformMakesOfWhatPassedTheRule() {
    Batch offered = batch(6).under(() -> false);
    Recorded passage = new Recorded(offered);

    routes
        .add(
            "flow",
            Optional.of(record -> record.position().offset() % 2 == 0),
            Optional.of(
                record ->
                    DetachedRecord.builder("made", record.position())
                        .tag("of-" + record.topic())
                        .build()))
        .send(passage);
    passage.exit.join().stored(TARGET);

    Batch delivered = passage.delivered.join();
    assertThat(delivered.records())
        .extracting(record -> record.position().offset() + record.tag().orElseThrow())
        .containsExactly("0of-topic", "2of-topic", "4of-topic");
    assertThat(delivered.first()).isEqualTo(offered.first());
    assertThat(delivered.next()).isEqualTo(offered.next());
    assertThat(delivered.lease()).isSameAs(offered.lease());
    assertThat(passage.log).containsExactly("deliver 3", "passed 3 " + TARGET);
  }

  @Test
  void aRecordThatCannotBeMadeIsNamed() {
    Recorded refused = new Recorded(batch(3));
    Recorded crashed = new Recorded(batch(3));

    routes.add("refused", Optional.empty(), Optional.of(record -> refusing(record))).send(refused);
    routes.add("crashed", Optional.empty(), Optional.of(record -> crashing(record))).send(crashed);

    assertThat(refused.failure.join())
        .isInstanceOf(SluiceException.class)
        .hasToString("refused lane-0 @1: no [test.broken]");
    assertThat(crashed.failure.join().toString())
        .startsWith("crashed lane-0 @1: ")
        .endsWith("[engine.transform-failed]");
    assertThat(refused.log).hasSize(1);
  }

  private static DetachedRecord refusing(Record record) {
    if (record.position().offset() == 1) {
      throw TestError.broken("no");
    }
    return record.detach();
  }

  private static DetachedRecord crashing(Record record) {
    if (record.position().offset() == 1) {
      throw new IllegalStateException("broken");
    }
    return record.detach();
  }

  @Test
  void neverBringsAnEmptyBatchToTheSink() {
    Recorded passage = new Recorded(batch(6));

    routes.add("flow", Optional.of(record -> false), Optional.empty()).send(passage);

    assertThat(passage.log).containsExactly("passed 0 Optional.empty");
  }

  @Test // I1
  void neverTakesAFailureForTheEnd() {
    Recorded refused = new Recorded(batch(6));
    Recorded failed = new Recorded(batch(6));
    Recorded broken = new Recorded(batch(6));

    routes.add("refused", Optional.empty(), Optional.empty()).send(refused);
    refused.exit.join().failed(new IllegalStateException("refused"));
    refused.exit.join().stored(TARGET);
    routes
        .add(
            "failed",
            Optional.of(
                record -> {
                  throw new IllegalStateException("a bug");
                }),
            Optional.empty())
        .send(failed);
    routes
        .add(
            "broken",
            Optional.of(
                record -> {
                  throw new StackOverflowError();
                }),
            Optional.empty())
        .send(broken);

    assertThat(refused.log).containsExactly("deliver 6", "failed IllegalStateException");
    assertThat(failed.log).containsExactly("failed SluiceException");
    assertThat(broken.log).containsExactly("failed SluiceException");
    assertThat(((SluiceException) failed.failure.join()).code().id())
        .isEqualTo("engine.rule-failed");
  }

  @Test // I1
  void takesNothingForDeliveredOnceItIsClosed() {
    FlowRoute route = routes.add("flow", Optional.empty(), Optional.empty());
    routes.close();
    Recorded passage = new Recorded(batch(6));

    route.send(passage);

    assertThat(passage.log).hasSize(1);
    assertThat(passage.log.get(0)).startsWith("failed");
  }

  @Test
  void takesFlowsOfAnyName() {
    for (String name : List.of("a", "a b", "{{a}}", "${a}", "a?b=c", "a/b:c", "ü", "a%20b")) {
      Recorded passage = new Recorded(batch(1));
      routes.add(name, Optional.empty(), Optional.empty()).send(passage);
      passage.exit.join().stored(Optional.empty());
      assertThat(passage.log).as(name).contains("passed 1 Optional.empty");
    }
  }

  @Test
  void keepsTheStackFlatWhenEachEndBringsTheNextBatchAtOnce() {
    for (boolean ruled : List.of(false, true)) {
      FlowRoute route =
          routes.add(
              "ruled-" + ruled,
              ruled ? Optional.of(record -> true) : Optional.empty(),
              Optional.empty());
      Chain chain = new Chain(route, batch(1), 100_000);
      chain.next();
      assertThat(chain.passed).isEqualTo(100_000);
    }
  }

  private static Batch batch(int records) {
    List<DetachedRecord> content =
        LongStream.range(0, records)
            .mapToObj(offset -> DetachedRecord.builder("topic", new Position(offset)).build())
            .toList();
    return Batch.of(LANE, new Position(0), new Position(records), new RecordPayload(content));
  }

  private static final class Recorded implements Passage {
    private final Batch offered;
    private final List<String> log = new ArrayList<>();
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();
    private final CompletableFuture<Batch> delivered = new CompletableFuture<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    private Recorded(Batch offered) {
      this.offered = offered;
    }

    @Override
    public Batch offered() {
      return offered;
    }

    @Override
    public void deliver(Batch batch, Exit atTheEnd) {
      log.add("deliver " + batch.count());
      delivered.complete(batch);
      exit.complete(atTheEnd);
    }

    @Override
    public void passed(Batch batch, Optional<TargetPosition> target) {
      log.add("passed " + batch.count() + " " + target);
    }

    @Override
    public void failed(Throwable cause) {
      log.add("failed " + cause.getClass().getSimpleName());
      failure.complete(cause);
    }
  }

  /** Stores at once, and sends the next one as soon as the last one is through. */
  private static final class Chain implements Passage {
    private final FlowRoute route;
    private final Batch batch;
    private final int length;
    private int passed;

    private Chain(FlowRoute route, Batch batch, int length) {
      this.route = route;
      this.batch = batch;
      this.length = length;
    }

    private void next() {
      route.send(this);
    }

    @Override
    public Batch offered() {
      return batch;
    }

    @Override
    public void deliver(Batch narrowed, Exit exit) {
      exit.stored(Optional.empty());
    }

    @Override
    public void passed(Batch narrowed, Optional<TargetPosition> target) {
      if (++passed < length) {
        next();
      }
    }

    @Override
    public void failed(Throwable cause) {
      throw new AssertionError(cause);
    }
  }
}
