package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;
import java.util.Optional;

/**
 * A batch that was offered to a flow and is not done.
 *
 * @param reader the flow's own reading that it came from; empty if it came from the shared one
 * @param read the batch as that reading offered it
 */
record OpenBatch(Batch read, Optional<OwnReading> reader) {

  boolean endsLike(Batch batch) {
    return read.next().equals(batch.next());
  }
}
