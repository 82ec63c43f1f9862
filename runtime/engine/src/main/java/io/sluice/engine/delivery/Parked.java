package io.sluice.engine.delivery;

import io.sluice.sdk.batch.Position;
import java.time.Instant;
import java.util.Optional;

/**
 * A record that is tried again later.
 *
 * @param consignment that holds it
 * @param position of it
 * @param orderKey by which it is in order with others
 * @param attempts that failed
 * @param first when the first of them failed
 * @param due when it is tried again
 */
record Parked(
    Consignment consignment,
    Position position,
    Optional<String> orderKey,
    int attempts,
    Instant first,
    Instant due) {}
