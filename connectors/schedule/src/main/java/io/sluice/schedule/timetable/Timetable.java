package io.sluice.schedule.timetable;

import java.util.OptionalLong;

/** When something is due. Times are whole seconds since 1970-01-01T00:00:00Z. Immutable. */
@FunctionalInterface
public interface Timetable {

  /** The first due time at or after a time; empty if there is none any more. */
  OptionalLong dueFrom(long second);

  /** The last due time from one time on and before another one; empty if there is none. */
  default OptionalLong lastDue(long from, long before) {
    if (!isDue(from, before)) {
      return OptionalLong.empty();
    }
    // A due time follows low, none follows high.
    long low = from;
    long high = before;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (isDue(middle, before)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return dueFrom(low);
  }

  private boolean isDue(long from, long before) {
    OptionalLong due = dueFrom(from);
    return due.isPresent() && due.getAsLong() < before;
  }
}
