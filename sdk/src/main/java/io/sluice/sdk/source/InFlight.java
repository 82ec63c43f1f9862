package io.sluice.sdk.source;

/**
 * How much of a flow is fetched and not yet done, against its limit (I6). Thread-safe.
 *
 * <p>A source reserves before it fetches, by estimate, settles when it knows, and releases when the
 * batch is done. The estimate may be too low: the limit can be passed by what the fetches of the
 * moment bring more than was reserved.
 */
public final class InFlight {
  private final InFlightLimit limit;
  private long records;
  private long bytes;

  public InFlight(InFlightLimit limit) {
    this.limit = limit;
  }

  /**
   * Reserves room, or answers false. When nothing is in flight it always succeeds: one record
   * larger than the limit must still move.
   */
  public synchronized boolean tryReserve(long moreRecords, long moreBytes) {
    boolean fits = records + moreRecords <= limit.records() && bytes + moreBytes <= limit.bytes();
    if (!fits && records > 0) {
      return false;
    }
    records += moreRecords;
    bytes += moreBytes;
    return true;
  }

  /** Replaces a reservation by what was fetched. */
  public synchronized void settle(
      long reservedRecords, long reservedBytes, long actualRecords, long actualBytes) {
    records += actualRecords - reservedRecords;
    bytes += actualBytes - reservedBytes;
  }

  /** Gives back what is done, or a reservation that brought nothing. */
  public synchronized void release(long doneRecords, long doneBytes) {
    records -= doneRecords;
    bytes -= doneBytes;
  }

  /** Records in flight. */
  public synchronized long records() {
    return records;
  }

  /** Bytes in flight. */
  public synchronized long bytes() {
    return bytes;
  }
}
