package io.sluice.engine.delivery;

import io.sluice.engine.delivery.RetrySchedule.Cap;
import io.sluice.sdk.error.SluiceException;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a record is given up.
 *
 * @param reason the last error
 * @param attempts that failed, at least 1
 * @param first when the first of them failed
 * @param last when the last of them failed
 * @param exhausted the cap that ended the retries; empty if retries would not have helped
 */
record Failure(
    SluiceException reason, int attempts, Instant first, Instant last, Optional<Cap> exhausted) {

  /** The same, told by another error. */
  Failure with(SluiceException told) {
    return new Failure(told, attempts, first, last, exhausted);
  }

  /** The same, as the last one that a cap allows. */
  Failure until(Cap cap) {
    return new Failure(reason, attempts, first, last, Optional.of(cap));
  }

  /** A record that no attempt would get through. */
  static Failure once(SluiceException reason, Instant now) {
    return new Failure(reason, 1, now, now, Optional.empty());
  }
}
