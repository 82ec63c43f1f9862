package io.sluice.sdk.source;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.sink.TargetPosition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where a flow's records come from. It offers batches and is told, in any order, that they are
 * done; it alone owns its positions.
 *
 * <p>What a source promises:
 *
 * <ul>
 *   <li>Batches of one partition are offered in order, the next one only after the one before is
 *       done or {@link #goOn the source was told to go on}.
 *   <li>A position counts as committed once everything before it is done (I1); it never moves
 *       backwards (I2).
 *   <li>Records and bytes that are fetched and not done stay within the {@link InFlightLimit} (I6).
 *   <li>It reconnects by itself, with backoff, and speaks of a trouble once, not at each attempt.
 * </ul>
 *
 * <p>All methods are thread-safe and return at once.
 */
public interface Source extends AutoCloseable {

  /**
   * Finds partitions, asks the receiver where they resume, and begins to offer. Called once.
   *
   * @return completes when the first partitions are being read; fails with a {@link
   *     io.sluice.sdk.error.SluiceException} when the source cannot start. A {@link
   *     io.sluice.sdk.error.RetriableException} means that {@code start} on a new source may
   *     succeed later.
   */
  CompletionStage<Void> start(BatchReceiver receiver);

  /** Stops offering until {@link #resume}. What was offered goes on; connections stay. */
  void pause();

  /** Offers again. */
  void resume();

  /**
   * The batch is stored, dead-lettered or dropped: it need not be offered again. Called once for a
   * batch that was offered, with that very batch or one that was narrowed from it; never for a
   * batch whose fate is open.
   *
   * @param stored where the target stands after the batch, if anything of it was stored
   */
  void done(Batch batch, Optional<TargetPosition> stored);

  /**
   * The batch waits for one of its records: the next one of its partition may be offered before it
   * is done. Called at most once for a batch, before it is done, and for none but the last one that
   * was offered. A source that cannot do so offers nothing until the batch is done.
   */
  default void goOn(Batch batch) {}

  /**
   * Where each partition stands, for checkpoints, status and lag. Cheap enough for every second.
   */
  List<PartitionProgress> progress();

  /**
   * Commits what is done at the source system, if it keeps positions, and releases everything.
   * Offers and receiver calls have ended when the stage completes. Calling it again does nothing.
   */
  CompletionStage<Void> stop();

  /** Like {@link #stop}, without a look at the answer. */
  @Override
  default void close() {
    stop();
  }
}
