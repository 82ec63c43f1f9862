package io.sluice.sdk.sink;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.source.ResumePoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where a flow's records go.
 *
 * <p>All methods are thread-safe and return at once; answers come on any thread, also inside the
 * call. Answers of {@link #write} and {@link #resolve} are values: their stages do not fail. The
 * engine has at most one of these two calls open per source partition, so a sink keeps order by
 * storing what it is given in the order of the calls.
 */
public interface Sink extends AutoCloseable {

  /**
   * Makes the target ready for more partitions of the source: connects, creates what is missing and
   * may be created. Called before the first batch of these partitions, at the flow's start and
   * whenever partitions appear later.
   *
   * @param partitions all partitions of the source so far, these and earlier ones
   * @param known where the target stood for those that have a checkpoint: a partition goes on in
   *     the same target partition
   * @return completes when the target is ready; fails with a {@link
   *     io.sluice.sdk.error.SluiceException}
   */
  CompletionStage<Void> prepare(List<Partition> partitions, Map<Partition, TargetPosition> known);

  /**
   * Reads from the target itself where a partition goes on: after its last record that is stored
   * there.
   *
   * @param known the checkpoints, as far as they tell where the target stood: nothing before that
   *     needs to be looked at. A target that ends before it has lost records, and those behind the
   *     checkpoint, which it may have taken since, tell nothing.
   * @return the resume points of those partitions of which the target holds a record; fails with a
   *     {@link io.sluice.sdk.error.SluiceException} when the target could not be asked. A target
   *     that cannot tell answers with an empty map.
   */
  default CompletionStage<Map<Partition, ResumePoint>> tails(
      List<Partition> partitions, Map<Partition, ResumePoint> known) {
    return CompletableFuture.completedFuture(Map.of());
  }

  /**
   * Forgets partitions that this process no longer reads, because another one does: what is known
   * of their place at the target will be out of date when they are prepared again. Called when no
   * call for them is open any more.
   *
   * @return completes when nothing of them can arrive at the target any more that was sent from
   *     here, also of writes whose outcome was unknown; does not fail
   */
  default CompletionStage<Void> release(List<Partition> partitions) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Stores the selected records of a batch, in order. Never called with an empty one. While the
   * batch's lease is not held, nothing is sent, and the answer is a retriable {@code NotStored}.
   */
  CompletionStage<WriteResult> write(Batch batch);

  /**
   * Finds out, by looking at the target, what became of a batch whose write was answered with
   * {@link WriteResult.Unknown}; writes nothing (I7). {@link WriteResult.NotStored} then says from
   * where to write again.
   *
   * <p>A sink that cannot look answers {@code NotStored} from the batch's first position: its flows
   * may repeat records, and its documentation says so.
   */
  CompletionStage<WriteResult> resolve(Batch batch);

  /** Releases everything. Open calls may stay unanswered. Calling it again does nothing. */
  @Override
  void close();
}
