package io.sluice.sdk.sink;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;

/** What became of a batch. */
public sealed interface WriteResult {

  /**
   * Every record of the batch is stored at the target.
   *
   * @param target where the target stands after it; empty for targets without positions
   */
  record Stored(Optional<TargetPosition> target) implements WriteResult {}

  /**
   * The records before {@code from} are stored, none from there on. The remainder, {@code
   * batch.from(from)}, may be written again if the reason is a {@link
   * io.sluice.sdk.error.RetriableException}; otherwise it never will succeed. With a {@link
   * io.sluice.sdk.error.RefusedRecordException} one record of the remainder is to blame, as far as
   * the sink knows the first one.
   */
  record NotStored(Position from, SluiceException reason) implements WriteResult {}

  /**
   * The records before {@code from} are stored; those from there on may or may not be. The
   * remainder must be {@link Sink#resolve resolved} before anything is written again (I7).
   */
  record Unknown(Position from, SluiceException reason) implements WriteResult {}
}
