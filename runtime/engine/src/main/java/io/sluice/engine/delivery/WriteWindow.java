package io.sluice.engine.delivery;

import io.sluice.flows.model.BatchWindow;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.record.Record;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Optional;

/**
 * Lets records of a partition wait for each other, so that many are written together. Immutable.
 */
final class WriteWindow {
  private final Optional<BatchWindow> window;

  /**
   * @param window empty to write what there is
   */
  WriteWindow(Optional<BatchWindow> window) {
    this.window = window;
  }

  /** Whether the last batch that came waits for others to join it. */
  boolean isOpen(Deque<Consignment> consignments) {
    return window.isPresent() && !consignments.isEmpty() && consignments.getLast().mayGrow();
  }

  /** How long records may still wait for others; zero or less if they are to be written. */
  Duration left(Consignment consignment, Batch rest, Instant now) {
    boolean waits =
        window.isPresent() && consignment.mayGrow() && rest.count() < window.get().count();
    return waits
        ? Duration.between(now, consignment.since().plus(window.get().time()))
        : Duration.ZERO;
  }

  /** As many records as may be written together. */
  Batch together(Batch batch) {
    int most = window.map(BatchWindow::count).orElse(Integer.MAX_VALUE);
    int count = 0;
    if (batch.count() > most) {
      for (Record record : batch.records()) {
        if (count++ == most) {
          return batch.upTo(record.position());
        }
      }
    }
    return batch;
  }
}
