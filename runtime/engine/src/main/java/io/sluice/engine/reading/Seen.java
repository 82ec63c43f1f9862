package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.RecordCursor;
import java.time.Instant;
import java.util.Optional;

/** A record that was read: by its position and the time of its storing it is known again. */
record Seen(Position position, Instant storedAt) {

  /** The last record of a batch, if it has one. */
  static Optional<Seen> lastOf(Batch batch) {
    RecordCursor cursor = batch.payload().cursor();
    int last = batch.payload().count() - 1;
    while (cursor.index() < last && cursor.advance()) {
      // the cursor shows one record at a time
    }
    return last < 0
        ? Optional.empty()
        : Optional.of(new Seen(cursor.position(), cursor.storedAt()));
  }

  /** Whether a batch holds it. */
  boolean isIn(Batch batch) {
    if (position.isBefore(batch.first()) || !position.isBefore(batch.next())) {
      return false;
    }
    RecordCursor cursor = batch.payload().cursor();
    while (cursor.advance()) {
      if (cursor.position().equals(position)) {
        return cursor.storedAt().equals(storedAt);
      }
    }
    return false;
  }
}
