package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.source.InFlightLimit;

/**
 * How much of a flow is offered and not done, against its limit (I6). Guarded by the reading's
 * lock.
 */
final class Room {
  private final InFlightLimit limit;
  private long records;
  private long bytes;

  Room(InFlightLimit limit) {
    this.limit = limit;
  }

  /** Whether a batch may be offered. One that is larger than the limit may when nothing else is. */
  boolean fits(Batch batch) {
    return records == 0
        || records + batch.count() <= limit.records() && bytes + batch.bytes() <= limit.bytes();
  }

  void take(Batch batch) {
    records += batch.count();
    bytes += batch.bytes();
  }

  void giveBack(Batch batch) {
    records -= batch.count();
    bytes -= batch.bytes();
  }

  /** What is left for a reading of the flow's own. */
  InFlightLimit rest() {
    return new InFlightLimit(
        Math.max(1, limit.records() - records), Math.max(1, limit.bytes() - bytes));
  }
}
