package io.sluice.schedule.timetable;

import java.util.OptionalLong;

/**
 * Due whenever so many seconds have passed since 1970-01-01T00:00:00Z: no matter when the runtime
 * was started, the times are the same.
 *
 * @param seconds at least 1
 */
record Rate(long seconds) implements Timetable {

  @Override
  public OptionalLong dueFrom(long second) {
    return OptionalLong.of(-Math.floorDiv(-second, seconds) * seconds);
  }
}
