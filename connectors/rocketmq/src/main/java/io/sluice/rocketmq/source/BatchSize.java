package io.sluice.rocketmq.source;

/**
 * How large the batches of one queue get. One is at the target at a time, so that over a long way
 * the rate is the size of a batch for each round trip; near by larger ones bring nothing, and the
 * garbage collector copies what waits in memory again and again.
 *
 * <p>A batch may take long because of the way or because the target is busy, and only the former is
 * a reason to grow. So another size is tried now and then: where the way is long a larger batch
 * hardly takes longer. Trials that change nothing become rare.
 *
 * <p>For one thread.
 */
final class BatchSize {
  /** Some requests of the usual size, so that few batches end with a small one. */
  static final long SMALLEST = 512 << 10;

  /** What brokers take in one request: over a long way the target gets one in each round trip. */
  static final long LARGEST = 4 << 20;

  /** Batches of which the quickest counts; others waited for something else. */
  private static final int SAMPLE = 8;

  private static final int MOST_PATIENCE = 64;

  private long bytes = SMALLEST;
  private boolean upwards = true;
  private int patience = 1;

  /** Samples until the next trial. */
  private int rest;

  /** While another size is tried: the one before it, and the bytes for each nanosecond then. */
  private long usualBytes;

  private double usualRate;
  private boolean trying;

  private int batches;
  private long quickest = Long.MAX_VALUE;

  /** Size at which the next batch is full. */
  long bytes() {
    return bytes;
  }

  /** A full batch took so long from its offer until it was done. */
  void done(long nanos) {
    quickest = Math.min(quickest, Math.max(1, nanos));
    if (++batches < SAMPLE) {
      return;
    }
    double rate = (double) bytes / quickest;
    batches = 0;
    quickest = Long.MAX_VALUE;
    if (trying) {
      conclude(rate);
    } else if (--rest <= 0) {
      tryAnother(rate);
    }
  }

  private void tryAnother(double rate) {
    if (bytes == (upwards ? LARGEST : SMALLEST)) {
      upwards = !upwards;
    }
    usualBytes = bytes;
    usualRate = rate;
    trying = true;
    bytes = upwards ? Math.min(LARGEST, 2 * bytes) : Math.max(SMALLEST, bytes / 2);
  }

  private void conclude(double rate) {
    trying = false;
    boolean largerPays =
        upwards
            ? pays(usualBytes, usualRate, bytes, rate)
            : pays(bytes, rate, usualBytes, usualRate);
    if (largerPays == upwards) {
      patience = 1;
      tryAnother(rate);
    } else {
      bytes = usualBytes;
      upwards = !upwards;
      patience = Math.min(MOST_PATIENCE, 2 * patience);
      rest = patience;
    }
  }

  /** Whether of the gain that is possible, all if the size costs no time, at least half came. */
  private static boolean pays(long small, double smallRate, long large, double largeRate) {
    double possible = (double) large / small - 1;
    return largeRate >= smallRate * (1 + possible / 2);
  }
}
