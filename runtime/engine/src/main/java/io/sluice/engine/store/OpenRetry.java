package io.sluice.engine.store;

import io.sluice.sdk.batch.Position;
import java.time.Instant;

/**
 * A record that is tried again later, while records behind it may be delivered.
 *
 * @param flow name of the flow
 * @param partition name of the source partition
 * @param position of the record
 * @param attempts that failed, at least 1
 * @param first when the first of them failed, by the wall clock
 * @param due when it is tried again, by the wall clock
 */
public record OpenRetry(
    String flow, String partition, Position position, int attempts, Instant first, Instant due) {}
