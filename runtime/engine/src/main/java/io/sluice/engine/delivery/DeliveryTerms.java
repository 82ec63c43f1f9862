package io.sluice.engine.delivery;

import io.sluice.flows.model.BatchWindow;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.time.Scheduler;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the partitions of a flow with run options share.
 *
 * @param flow name of the flow
 * @param target what the flow writes, for people
 * @param tolerant whether the flow goes on without records that cannot be delivered
 * @param orderKey of a record as the source gives it: those that have the same stay in order though
 *     others go on; empty for the sharding key
 * @param retries when a record is tried again; empty to wait for the target as long as it takes
 * @param deadLetters where records go that cannot be delivered
 * @param turns how many writes may be under way; empty for one per partition
 * @param window how records are collected before they are written
 * @param throttle how much may be written per second
 * @param repeats which records are left out because their key was taken before
 * @param breaker of the target
 * @param backoff between attempts that are not the strategy's
 * @param log keeps what is tried again
 * @param redaction takes secrets out of errors that leave the process (I9)
 */
public record DeliveryTerms(
    String flow,
    String target,
    Sink sink,
    boolean tolerant,
    Optional<Function<Record, Optional<String>>> orderKey,
    Optional<RetrySchedule> retries,
    Optional<Sink> deadLetters,
    Optional<Turns> turns,
    Optional<BatchWindow> window,
    Optional<Throttle> throttle,
    Optional<Repeats> repeats,
    TargetBreaker breaker,
    Backoff backoff,
    Scheduler scheduler,
    RetryLog log,
    UnaryOperator<SluiceException> redaction) {}
