package io.sluice.rocketmq.source;

import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.error.SluiceException;
import java.util.OptionalLong;

/** What queue readers tell the source that they belong to. Called on any thread; must not block. */
interface ReaderEvents {

  /** A batch is ready. */
  void offer(Batch batch);

  /** There is no room for the reader's next pull: it proceeds when some was freed. */
  void starving(QueueReader reader);

  /** Something in flight was released. */
  void roomFreed();

  /** A request about a queue failed; it is tried again. */
  void troubled(Queue queue, SluiceException cause);

  /** Requests about a queue succeed again. */
  void recovered(Queue queue);

  /**
   * The queue does not hold an offset that the reader has to read.
   *
   * @return where to go on, not before the offset; empty to try again later, or to give up if the
   *     source has failed
   */
  OptionalLong outside(QueueReader reader, long offset, Pulled.Outside outside);

  /** A bug: the reader has stopped. */
  void broken(QueueReader reader, RuntimeException failure);
}
