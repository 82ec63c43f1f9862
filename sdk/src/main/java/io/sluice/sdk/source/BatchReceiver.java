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
   * Partitions that the source is about to read for the first time: at its start, and whenever some
   * appear later. The engine makes the target ready for them and looks up where they resume.
   *
   * @param partitions the new ones only
   * @return where to resume, for those partitions that the engine knows; for the others the source
   *     decides: its own stored offset, then the configured position. A failed lookup is retried
   *     inside, never answered as absent; the stage fails only when the flow cannot go on.
   */
  CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions);

  /**
   * Takes a batch. Per partition: in order, and not again before the batch is {@link Source#done},
   * which may happen inside this call.
   */
  void offer(Batch batch);

  /** Something is in the way; the source keeps trying. Called once per trouble. */
  void troubled(SluiceException cause);

  /** The trouble is over. */
  void recovered();

  /** The source cannot go on, and trying again does not help. Nothing is offered after this. */
  void failed(SluiceException cause);
}
