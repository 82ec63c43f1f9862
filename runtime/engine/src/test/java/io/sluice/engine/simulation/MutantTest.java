package io.sluice.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TestError;
import io.sluice.engine.store.Checkpoint;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import io.sluice.sdk.sink.WriteResult.Stored;
import io.sluice.sdk.sink.WriteResult.Unknown;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.SourceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * The simulation is worth something only if it notices what is wrong: one broken piece at a time.
 */
class MutantTest {
  private static final int SEEDS = 100;

  @Test
  void noticesASinkThatTakesUnknownForStored() {
    assertThat(
            violated(
                new BrokenSink() {
                  @Override
                  CompletionStage<WriteResult> write(Sink right, Batch batch) {
                    return right
                        .write(batch)
                        .thenApply(
                            result ->
                                result instanceof Unknown ? new Stored(Optional.empty()) : result);
                  }
                }))
        .isEqualTo("I1");
  }

  @Test
  void noticesASinkThatSendsAgainWithoutALookAtTheTarget() {
    assertThat(
            violated(
                new BrokenSink() {
                  @Override
                  CompletionStage<WriteResult> resolve(Sink right, Batch batch) {
                    return CompletableFuture.completedFuture(
                        new NotStored(batch.first(), TestError.down("not looked")));
                  }
                }))
        .isEqualTo("I7");
  }

  @Test
  void noticesALookThatAlwaysFindsNothing() {
    assertThat(
            violated(
                new BrokenSink() {
                  @Override
                  CompletionStage<WriteResult> resolve(Sink right, Batch batch) {
                    return right
                        .resolve(batch)
                        .thenApply(
                            result ->
                                new NotStored(batch.first(), TestError.down("looked wrongly")));
                  }
                }))
        .isEqualTo("I4");
  }

  @Test
  void noticesASourceThatCommitsWhatItOnlyOffered() {
    assertThat(
            violated(
                new Parts() {
                  @Override
                  SimulatedSource source(World world, SourceContext context) {
                    return new SimulatedSource(world, context) {
                      @Override
                      Position committed(Ledger ledger, Position offered) {
                        return offered;
                      }
                    };
                  }
                }))
        .isEqualTo("I1");
  }

  @Test
  void noticesAnAnswerThatIsTakenForTheWholeBatch() {
    assertThat(
            violated(
                new BrokenSink() {
                  @Override
                  CompletionStage<WriteResult> write(Sink right, Batch batch) {
                    return right
                        .write(batch)
                        .thenApply(
                            result ->
                                result instanceof NotStored part
                                        && batch.first().isBefore(part.from())
                                    ? new Stored(Optional.empty())
                                    : result);
                  }
                }))
        .isEqualTo("I1");
  }

  @Test
  void noticesThatTheTailOfTheTargetIsIgnored() {
    assertThat(
            violated(
                new BrokenSink() {
                  @Override
                  CompletionStage<Map<Partition, ResumePoint>> tails(
                      Sink right, List<Partition> partitions, Map<Partition, ResumePoint> known) {
                    return right.tails(partitions, known).thenApply(tails -> Map.of());
                  }
                }))
        .isEqualTo("I4");
  }

  @Test
  void noticesThatAResumePointIsIgnored() {
    assertThat(
            violated(
                new Parts() {
                  @Override
                  SimulatedSource source(World world, SourceContext context) {
                    return new SimulatedSource(world, context) {
                      @Override
                      ResumePoint resumePoint(Partition one, Optional<ResumePoint> known) {
                        return super.resumePoint(one, Optional.empty());
                      }
                    };
                  }
                }))
        .isIn("I2", "I4");
  }

  @Test
  void noticesAStoreThatWritesWhateverItIsGiven() {
    assertThat(
            violated(
                new Parts() {
                  @Override
                  SimulatedStore store(World world) {
                    return new SimulatedStore(world) {
                      @Override
                      public List<Checkpoint> save(List<Checkpoint> checkpoints) {
                        for (Checkpoint one : checkpoints) {
                          long offset = Math.max(0, one.position().offset() - world.below(3));
                          put(
                              new Checkpoint(
                                  one.flow(),
                                  one.partition(),
                                  new ResumePoint(new Position(offset), one.target()),
                                  one.epoch(),
                                  one.updated()));
                        }
                        return List.of();
                      }
                    };
                  }
                }))
        .isIn("I2", "drain");
  }

  /** The invariant that the first violation of some seeds breaks. */
  private static String violated(Parts broken) {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        new World(seed, Plan.of(seed).unshared(), broken).run();
      } catch (InvariantViolation violation) {
        return violation.invariant();
      }
    }
    return "nothing";
  }

  /** A world whose sink is the right one, but for the methods that are overridden. */
  private abstract static class BrokenSink extends Parts {
    CompletionStage<Map<Partition, ResumePoint>> tails(
        Sink right, List<Partition> partitions, Map<Partition, ResumePoint> known) {
      return right.tails(partitions, known);
    }

    CompletionStage<WriteResult> write(Sink right, Batch batch) {
      return right.write(batch);
    }

    CompletionStage<WriteResult> resolve(Sink right, Batch batch) {
      return right.resolve(batch);
    }

    @Override
    final Sink sink(World world, SimulatedSink right) {
      return new Between(this, right);
    }
  }

  /** Stands between engine and sink. */
  private record Between(BrokenSink broken, Sink right) implements Sink {
    @Override
    public CompletionStage<Void> prepare(
        List<Partition> partitions, Map<Partition, TargetPosition> known) {
      return right.prepare(partitions, known);
    }

    @Override
    public CompletionStage<Map<Partition, ResumePoint>> tails(
        List<Partition> partitions, Map<Partition, ResumePoint> known) {
      return broken.tails(right, partitions, known);
    }

    @Override
    public CompletionStage<WriteResult> write(Batch batch) {
      return broken.write(right, batch);
    }

    @Override
    public CompletionStage<WriteResult> resolve(Batch batch) {
      return broken.resolve(right, batch);
    }

    @Override
    public void close() {
      right.close();
    }
  }
}
