package io.sluice.engine.reading;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.source.ResumePoint;
import java.util.Optional;

/**
 * A place of a partition, with what the partition is known again by: two of them are the same place
 * only if the partition has not been made anew between them.
 */
record Origin(Position next, Optional<Landmark> landmark) {

  static Origin of(ResumePoint point) {
    return new Origin(point.next(), point.landmark());
  }

  ResumePoint point() {
    return new ResumePoint(next, Optional.empty(), landmark);
  }
}
