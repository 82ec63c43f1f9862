package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.Selection;
import java.util.Optional;

/**
 * What one flow has still to be offered of a batch.
 *
 * @param matched what of the batch passes the flow's rule; empty if nobody has looked yet
 * @param from where in the batch it begins
 */
record Pending(Entry entry, Optional<Selection> matched, Position from) {

  Batch batch() {
    Batch batch = entry.batch();
    return matched.map(batch::select).orElse(batch).from(from);
  }

  /** Records of the batch that the flow counts when it is offered this. */
  long counted() {
    return matched.map(Selection::size).orElse(entry.batch().count());
  }
}
