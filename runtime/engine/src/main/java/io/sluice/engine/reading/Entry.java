package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.source.Landmark;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** A batch that a shared reading keeps for a while. Guarded by the reading's lock. */
final class Entry {
  private final Batch batch;
  private final Optional<Landmark> before;
  private final long recordsBefore;
  private final Set<SharedSource> waiting = new LinkedHashSet<>();

  /**
   * @param before by what the partition is known again at the start of the batch
   * @param recordsBefore of the partition that were read since the reading began
   */
  Entry(Batch batch, Optional<Landmark> before, long recordsBefore) {
    this.batch = batch;
    this.before = before;
    this.recordsBefore = recordsBefore;
  }

  Batch batch() {
    return batch;
  }

  Optional<Landmark> before() {
    return before;
  }

  long recordsBefore() {
    return recordsBefore;
  }

  /** Those who have not been offered yet what is for them in the batch. */
  Set<SharedSource> waiting() {
    return waiting;
  }
}
