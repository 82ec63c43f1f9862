package io.sluice.schedule;

import io.sluice.schedule.timetable.Schedules;
import io.sluice.schedule.timetable.Timetable;
import java.util.Map;
import java.util.Optional;

/**
 * When events are made, and what they hold.
 *
 * @param schedule a cron expression or a rate
 * @param timeZone in which the cron expression is read
 * @param userData what each event carries, as JSON
 * @param source what the events have as {@code source}; the name of the source if absent
 * @param misfire what becomes of due times that passed while the flow did not run
 */
public record ScheduleConfiguration(
    String schedule,
    String timeZone,
    Optional<Map<String, Object>> userData,
    Optional<String> source,
    Misfire misfire) {

  /** What becomes of due times that passed while the flow did not run, or was paused. */
  public enum Misfire {
    /** The last one of them is made up for, whatever their number. */
    FIRE_ONCE,
    /** All of them are made up for. */
    ALL,
    /** None is. */
    SKIP
  }

  /**
   * Checks what the schema cannot.
   *
   * @throws io.sluice.sdk.error.SluiceException {@code schedule.bad-schedule}, {@code
   *     schedule.unknown-time-zone}
   */
  public ScheduleConfiguration {
    Schedules.parse(schedule, Schedules.zone(timeZone));
  }

  Timetable timetable() {
    return Schedules.parse(schedule, Schedules.zone(timeZone));
  }
}
