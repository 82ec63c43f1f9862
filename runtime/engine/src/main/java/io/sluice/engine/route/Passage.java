package io.sluice.engine.route;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import java.util.Optional;

/**
 * One batch's way through a route, seen from both of its ends. {@link #deliver} is called at most
 * once, then exactly one of {@link #passed} and {@link #failed}; on any thread.
 */
public interface Passage {

  /** What enters the route. */
  Batch offered();

  /** Who looks which records pass the flow's rule. */
  default Matching matching() {
    return Matching.BY_THE_ROUTE;
  }

  /**
   * A rule failed on a record.
   *
   * @param cause with the record's place
   * @return whether the rest of the batch goes on without the record; otherwise the batch ends
   *     before it. A passage that takes no such record throws the cause, and gives the batch up.
   */
  default boolean refused(Position position, SluiceException cause) {
    throw cause;
  }

  /** Whether there was a record that a rule failed on. */
  default boolean hasRefusals() {
    return false;
  }

  /**
   * The batch has come to the sink's end.
   *
   * @param batch what the rules left of it: at least one record, unless a rule failed on one
   * @param exit to be told once what became of it
   */
  void deliver(Batch batch, Exit exit);

  /**
   * The batch is through.
   *
   * @param batch what the rules left of it; nothing was delivered if it is empty
   * @param target where the target stands after it, if anything was stored and that is known
   */
  void passed(Batch batch, Optional<TargetPosition> target);

  /** Something on the way failed, so the batch must not be acknowledged. */
  void failed(Throwable cause);

  /** The sink's end of the route. The first call counts. */
  interface Exit {

    /** Every record is at the target. */
    void stored(Optional<TargetPosition> target);

    /** The batch will not be stored. */
    void failed(Throwable cause);
  }
}
