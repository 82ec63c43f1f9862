package io.sluice.rocketmq.source;

import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;

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
   * The queue does not hold what the reader has to read next.
   *
   * @param anotherQueue whether it certainly is not the queue that was read before
   * @return where to go on, behind the position; empty to try again later, or to give up if the
   *     source has failed
   */
  Optional<Position> outside(
      QueueReader reader, Position position, Pulled.Outside outside, boolean anotherQueue);

  /** A bug: the reader has stopped. */
  void broken(QueueReader reader, RuntimeException failure);
}
