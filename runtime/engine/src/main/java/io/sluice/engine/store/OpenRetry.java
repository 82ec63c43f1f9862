package io.sluice.engine.store;

import io.sluice.sdk.batch.Position;
import java.time.Instant;

/**
 * A record that is tried again later, or that waits behind such a one, while records behind it may
 * be delivered.
 *
 * @param flow name of the flow
 * @param partition name of the source partition
 * @param position of the record
 * @param attempts that failed; 0 if it was not tried
 * @param first when the first of them failed, or when it began to wait, by the wall clock
 * @param due when it is tried again, by the wall clock
 */
public record OpenRetry(
    String flow, String partition, Position position, int attempts, Instant first, Instant due) {

  /** A record that waits behind another one. */
  public static OpenRetry untried(String flow, String partition, Position position, Instant now) {
    return new OpenRetry(flow, partition, position, 0, now, now);
  }

  /** Whether it failed before, and did not only wait. */
  public boolean wasTried() {
    return attempts > 0;
  }
}
