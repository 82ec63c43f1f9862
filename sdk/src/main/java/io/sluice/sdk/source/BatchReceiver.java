package io.sluice.sdk.source;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What a source calls: the engine's side. Thread-safe; no method blocks. */
public interface BatchReceiver {

  /**
   * Partitions that the source is about to read: at its start, whenever some appear later, and when
   * it takes some over from another process. The engine makes the target ready for them and looks
   * up where they resume.
   *
   * @param partitions the added ones only
   * @return where to resume, for those partitions that the engine knows; for the others the source
   *     decides: its own stored offset, then the configured position. A failed lookup is retried
   *     inside, never answered as absent; the stage fails only when the flow cannot go on.
   */
  CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions);

  /**
   * Takes a batch. Per partition: in order, and not again before the batch is {@link Source#done}
   * or the source is told to {@link Source#goOn go on}, which may happen inside this call.
   */
  void offer(Batch batch);

  /**
   * Partitions that the source reads no longer, because another process does or will. What is
   * offered of them and not done is given up without a word to the source, and their positions are
   * forgotten: the next owner moves them on. Nothing is offered of them until they are {@link
   * #assigned} again.
   *
   * @return completes when nothing of them is written any more by this process; does not fail
   */
  CompletionStage<Void> revoked(List<Partition> partitions);

  /** Something is in the way; the source keeps trying. Called once per trouble. */
  void troubled(SluiceException cause);

  /** The trouble is over. */
  void recovered();

  /** The source cannot go on, and trying again does not help. Nothing is offered after this. */
  void failed(SluiceException cause);
}
