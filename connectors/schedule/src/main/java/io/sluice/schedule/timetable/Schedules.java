package io.sluice.schedule.timetable;

import io.sluice.schedule.ScheduleError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * Reads what flow files say of schedules: cron expressions as Alibaba EventBridge has them, {@code
 * cron(…)} and {@code rate(…)} as AWS EventBridge does.
 */
public final class Schedules {
  private static final Pattern CALL =
      Pattern.compile("(cron|rate)\\s*\\((.*)\\)", Pattern.CASE_INSENSITIVE);
  private static final Pattern RATE =
      Pattern.compile("(\\d{1,9})\\s+(second|minute|hour|day)s?", Pattern.CASE_INSENSITIVE);
  private static final Map<String, Long> UNITS =
      Map.of("second", 1L, "minute", 60L, "hour", 3_600L, "day", 86_400L);

  /** {@code GMT+8:00}, which java.time does not know. */
  private static final Pattern LOOSE_OFFSET =
      Pattern.compile("(GMT|UTC)[+-]([01]?\\d|2[0-3])(:[0-5]\\d)?");

  private static final int DAY_OF_MONTH = 3;
  private static final int DAY_OF_WEEK = 5;
  private static final int FEWEST_FIELDS = 6;
  private static final int MOST_FIELDS = 7;

  private Schedules() {}

  /**
   * The timetable that a schedule describes.
   *
   * @throws SluiceException {@code schedule.bad-schedule}
   */
  public static Timetable parse(String schedule, ZoneId zone) {
    String text = schedule.strip();
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      return cron(text, zone);
    }
    return call.group(1).equalsIgnoreCase("rate")
        ? rate(call.group(2).strip())
        : cron("0 " + call.group(2).strip(), zone);
  }

  private static Timetable rate(String text) {
    Matcher rate = RATE.matcher(text);
    if (!rate.matches() || Long.parseLong(rate.group(1)) == 0) {
      throw bad("'" + text + "' is no rate", "Write a number and a unit, such as rate(5 minutes).");
    }
    long seconds =
        Long.parseLong(rate.group(1)) * UNITS.get(rate.group(2).toLowerCase(Locale.ROOT));
    return new Rate(seconds);
  }

  private static Timetable cron(String text, ZoneId zone) {
    List<String> fields = new ArrayList<>(Arrays.asList(text.split("\\s+")));
    if (fields.size() < FEWEST_FIELDS || fields.size() > MOST_FIELDS) {
      throw bad(
          "the cron expression has " + fields.size() + " fields, not 6 or 7",
          "Its fields are second, minute, hour, day of month, month, day of week, and a year if"
              + " wanted; put the second, often 0, in front of an expression of five.");
    }
    // One of the two days must be open; people write * for it as well.
    if (!fields.contains("?")) {
      if (fields.get(DAY_OF_WEEK).equals("*")) {
        fields.set(DAY_OF_WEEK, "?");
      } else if (fields.get(DAY_OF_MONTH).equals("*")) {
        fields.set(DAY_OF_MONTH, "?");
      }
    }
    try {
      CronExpression expression = new CronExpression(String.join(" ", fields));
      expression.setTimeZone(TimeZone.getTimeZone("UTC"));
      return new Cron(expression, zone);
    } catch (ParseException e) {
      throw bad(
          "the cron expression cannot be read: " + e.getMessage(),
          ScheduleError.BAD_SCHEDULE.remedy());
    }
  }

  /**
   * The zone of a name, such as {@code Asia/Shanghai}, {@code UTC} or {@code GMT+8:00}.
   *
   * @throws SluiceException {@code schedule.unknown-time-zone}
   */
  public static ZoneId zone(String name) {
    try {
      return LOOSE_OFFSET.matcher(name).matches()
          ? TimeZone.getTimeZone(name.replace("UTC", "GMT")).toZoneId()
          : ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new SluiceException(
          ScheduleError.UNKNOWN_TIME_ZONE,
          "there is no time zone '" + name + "'",
          Location.InBlock.of("timeZone"));
    }
  }

  private static SluiceException bad(String message, String suggestion) {
    return new SluiceException(
        ScheduleError.BAD_SCHEDULE, message, Location.InBlock.of("schedule"), suggestion, null);
  }
}
