package io.sluice.engine;

import io.sluice.engine.delivery.BreakerState;
import java.util.Optional;

/**
 * What a flow with run options did with records that it did not deliver at once.
 *
 * @param retrying records that wait to be tried again at the moment
 * @param deadLettered records stored in the dead-letter queue
 * @param dropped records given up for want of one
 * @param repeats records left out because their keys were taken before
 * @param breaker of the target; empty without run options, and while the flow does not run
 */
public record ErrorCounts(
    long retrying, long deadLettered, long dropped, long repeats, Optional<BreakerState> breaker) {

  /** Of a flow that has none. */
  public static final ErrorCounts NONE = new ErrorCounts(0, 0, 0, 0, Optional.empty());
}
