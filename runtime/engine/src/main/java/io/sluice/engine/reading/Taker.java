package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;

/**
 * What a flow takes from a reading that it shares, beside what any source gives. Thread-safe; no
 * method blocks.
 */
public interface Taker {

  /**
   * Takes a batch as {@link io.sluice.sdk.source.BatchReceiver#offer} does, out of which the flow's
   * rule has narrowed the records already.
   */
  void offerMatched(Batch batch);

  /** So many more records did not pass the rule, and nothing was offered of them. */
  void passedOver(long records);
}
