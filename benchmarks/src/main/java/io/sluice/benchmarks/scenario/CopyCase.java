package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.load.Load;

/**
 * A load and a distance.
 *
 * @param bodyBytes of each message
 * @param roundTripMillis between the copier and the target's servers
 */
record CopyCase(int bodyBytes, int queues, int roundTripMillis) {
  private static final int KIBIBYTE = 1024;

  /** Half a minute's work for a good copier on two processors. */
  private static final long USUAL_BYTES = 3L << 30;

  private static final long MOST_MESSAGES = 4_000_000;

  Load load(Settings.Effort effort) {
    long usual = Math.min(MOST_MESSAGES, USUAL_BYTES / bodyBytes);
    return new Load(effort.messages(usual), bodyBytes, queues);
  }

  String size() {
    return bodyBytes < KIBIBYTE ? bodyBytes + " B" : bodyBytes / KIBIBYTE + " KB";
  }

  @Override
  public String toString() {
    return "%s, %d queue%s, round trip %d ms"
        .formatted(size(), queues, queues == 1 ? "" : "s", roundTripMillis);
  }
}
