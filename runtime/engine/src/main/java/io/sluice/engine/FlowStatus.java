package io.sluice.engine;

import io.sluice.flows.model.EventFlow;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.PartitionProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a flow stands at one moment. Holds no secrets (I9). Counters count since the flow was added
 * to the engine.
 *
 * @param name name of the flow
 * @param state what it is doing
 * @param desired what it is asked to do
 * @param in records offered by the source
 * @param out records stored at the target
 * @param filtered records that the rule dropped
 * @param echoes records left out because they have been at the target before
 * @param duplicates records found to be at the target more than once
 * @param retries batches written again, in full or in part
 * @param unknowns batches whose write was answered with an unknown outcome
 * @param errors what became of records that the target did not take
 * @param inFlight records offered and not done yet
 * @param lag records that the source holds and that are not done; empty while that is unknown
 * @param trouble what stands in the way, or last stood
 * @param troubled whether the trouble lasts
 * @param lastActivity last time at which a record was offered or done; when the flow was added, if
 *     none was yet
 * @param partitions where each partition stands; empty while nothing is open
 */
public record FlowStatus(
    String name,
    FlowState state,
    EventFlow.DesiredStatus desired,
    long in,
    long out,
    long filtered,
    long echoes,
    long duplicates,
    long retries,
    long unknowns,
    ErrorCounts errors,
    long inFlight,
    OptionalLong lag,
    Optional<SluiceException> trouble,
    boolean troubled,
    Instant lastActivity,
    List<PartitionProgress> partitions) {
  public FlowStatus {
    partitions = List.copyOf(partitions);
  }
}
