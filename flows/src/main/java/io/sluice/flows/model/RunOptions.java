package io.sluice.flows.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a flow deals with errors and how hard it drives its target: {@code runOptions}.
 *
 * @param errorsTolerance what becomes of a record that cannot be delivered
 * @param retryStrategy how often a record is tried that the target does not take for now; empty to
 *     wait for the target as long as it takes
 * @param ordering which records stay in order while one is tried again; empty for those of one
 *     sharding key
 * @param deadLetterQueue where records go that cannot be delivered
 * @param maximumTasks writes to the target at the same time, at least 1
 * @param batchWindow how records are collected before they are written
 * @param throttling the most that is written per second
 * @param idempotence which records are left out as repetitions
 */
public record RunOptions(
    ErrorsTolerance errorsTolerance,
    Optional<RetryStrategy> retryStrategy,
    Optional<Ordering> ordering,
    Optional<SinkBinding<?>> deadLetterQueue,
    OptionalInt maximumTasks,
    Optional<BatchWindow> batchWindow,
    Optional<Throttling> throttling,
    Optional<Idempotence> idempotence) {

  /** What becomes of a record that cannot be delivered. */
  public enum ErrorsTolerance {
    /** The flow stops at it. */
    NONE,
    /** It goes to the dead-letter queue, or is dropped if there is none, and the flow goes on. */
    ALL
  }
}
