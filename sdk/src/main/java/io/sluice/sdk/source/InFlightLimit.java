package io.sluice.sdk.source;

/**
 * How much of a flow may be fetched and not yet done (I6).
 *
 * @param records at least 1
 * @param bytes at least 1
 */
public record InFlightLimit(long records, long bytes) {

  /** 100,000 records and 64 MiB. */
  public static final InFlightLimit DEFAULT = new InFlightLimit(100_000, 64L << 20);

  public InFlightLimit {
    if (records < 1 || bytes < 1) {
      throw new IllegalArgumentException("an in-flight limit below 1: " + records + ", " + bytes);
    }
  }
}
