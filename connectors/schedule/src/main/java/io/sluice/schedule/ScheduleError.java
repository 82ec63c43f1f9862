package io.sluice.schedule;

import io.sluice.sdk.error.ErrorCode;

/** What can be wrong with a schedule. */
public enum ScheduleError implements ErrorCode {
  BAD_SCHEDULE(
      "schedule.bad-schedule",
      "A schedule is neither a cron expression nor a rate.",
      "Write a cron expression of six or seven fields, such as 0 30 2 * * ?, or a rate, such as"
          + " rate(5 minutes)."),
  NEVER_DUE(
      "schedule.never-due",
      "A schedule has no due time any more.",
      "Check its day, month and year: there may be no such date, or it may lie in the past."),
  UNKNOWN_TIME_ZONE(
      "schedule.unknown-time-zone",
      "There is no time zone of that name.",
      "Write one of the IANA database, such as Asia/Shanghai, or an offset, such as GMT+8:00.");

  private final Description description;

  ScheduleError(String id, String meaning, String remedy) {
    this.description = new Description(id, Category.VALIDATION, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
