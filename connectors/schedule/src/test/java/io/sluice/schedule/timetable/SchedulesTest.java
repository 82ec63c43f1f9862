package io.sluice.schedule.timetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.schedule.ScheduleError;
import io.sluice.sdk.error.SluiceException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {

  /** The first due times from a time on, as times of the zone with their offsets. */
  private static List<String> due(String schedule, String zone, String from, int count) {
    Timetable timetable = Schedules.parse(schedule, Schedules.zone(zone));
    List<String> times = new ArrayList<>();
    OptionalLong next = timetable.dueFrom(OffsetDateTime.parse(from).toEpochSecond());
    while (next.isPresent() && times.size() < count) {
      Instant time = Instant.ofEpochSecond(next.getAsLong());
      times.add(OffsetDateTime.ofInstant(time, Schedules.zone(zone)).toString());
      next = timetable.dueFrom(next.getAsLong() + 1);
    }
    return times;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 30 2 * * ?            | 2026-11-01T02:30+08:00, 2026-11-02T02:30+08:00",
        "0 */10 * * * *          | 2026-11-01T00:00+08:00, 2026-11-01T00:10+08:00",
        "10 * * * * *            | 2026-11-01T00:00:10+08:00, 2026-11-01T00:01:10+08:00",
        "0 0 9 ? * MON-FRI       | 2026-11-02T09:00+08:00, 2026-11-03T09:00+08:00",
        "0 0 9 * * MON           | 2026-11-02T09:00+08:00, 2026-11-09T09:00+08:00",
        "0 0 0 L * ?             | 2026-11-30T00:00+08:00, 2026-12-31T00:00+08:00",
        "0 0 12 ? * 6#3          | 2026-11-20T12:00+08:00, 2026-12-18T12:00+08:00",
        "0 0 0 1 1 ? 2028,2030   | 2028-01-01T00:00+08:00, 2030-01-01T00:00+08:00",
        "cron(15 10 ? * 6L 2026) | 2026-11-27T10:15+08:00, 2026-12-25T10:15+08:00",
        "rate(12 hours)          | 2026-11-01T08:00+08:00, 2026-11-01T20:00+08:00",
        "rate(1 minute)          | 2026-11-01T00:00+08:00, 2026-11-01T00:01+08:00",
      })
  void isDue(String schedule, String times) {
    assertThat(due(schedule, "Asia/Shanghai", "2026-11-01T00:00:00+08:00", 2))
        .containsExactly(times.split(", "));
  }

  @Test
  void aTimeThatIsLeftOutComesLaterByAsMuchAsClocksArePutForward() {
    // Berlin, 2026-03-29: 02:00 +01:00 is 03:00 +02:00.
    assertThat(due("0 30 2 * * ?", "Europe/Berlin", "2026-03-28T12:00+01:00", 2))
        .containsExactly("2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00");
    assertThat(due("0 0/30 2 * * ?", "Europe/Berlin", "2026-03-28T12:00+01:00", 3))
        .containsExactly(
            "2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00", "2026-03-30T02:00+02:00");
    assertThat(due("0 30 2,3 * * ?", "Europe/Berlin", "2026-03-29T00:00+01:00", 2))
        .as("two that fall together are one")
        .containsExactly("2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00");
    assertThat(due("0 30 2 * * ?", "Europe/Berlin", "2026-03-29T03:10+02:00", 1))
        .as("also when it is looked for within the hour after")
        .containsExactly("2026-03-29T03:30+02:00");
  }

  @Test
  void aTimeThatComesTwiceIsDueOnce() {
    // Berlin, 2026-10-25: 03:00 +02:00 is 02:00 +01:00.
    assertThat(due("0 30 2 * * ?", "Europe/Berlin", "2026-10-25T00:00+02:00", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    assertThat(due("0 30 2 * * ?", "Europe/Berlin", "2026-10-25T02:10+01:00", 1))
        .as("not again in the hour that is repeated")
        .containsExactly("2026-10-26T02:30+01:00");
    assertThat(due("0 0 3 * * ?", "Europe/Berlin", "2026-10-25T00:00+02:00", 1))
        .containsExactly("2026-10-25T03:00+01:00");
  }

  @Test
  void whatIsForEveryHourFollowsTheTimeThatPasses() {
    assertThat(due("0 0/30 * * * ?", "Europe/Berlin", "2026-10-25T02:30+02:00", 3))
        .containsExactly(
            "2026-10-25T02:30+02:00", "2026-10-25T02:00+01:00", "2026-10-25T02:30+01:00");
    assertThat(due("0 0 * * * ?", "Europe/Berlin", "2026-03-29T01:00+01:00", 2))
        .containsExactly("2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00");
  }

  @Test
  void everyLocalTimeOfAYearIsDueOnceWhateverTheClocksDo() {
    for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")) {
      Timetable daily = Schedules.parse("0 15 2 * * ?", Schedules.zone(zone));
      long from = OffsetDateTime.parse("2026-01-01T00:00Z").toEpochSecond();
      int count = 0;
      OptionalLong next = daily.dueFrom(from);
      while (next.getAsLong() < from + 365L * 86_400) {
        count++;
        next = daily.dueFrom(next.getAsLong() + 1);
      }
      assertThat(count).as(zone).isEqualTo(365);
    }
  }

  @Test
  void theLastDueTimeBeforeAnother() {
    Timetable hourly = Schedules.parse("0 0 * * * ?", Schedules.zone("UTC"));
    long noon = LocalDateTime.parse("2026-11-01T12:00").toEpochSecond(java.time.ZoneOffset.UTC);

    assertThat(hourly.lastDue(noon - 100 * 3600, noon + 1)).hasValue(noon);
    assertThat(hourly.lastDue(noon - 100 * 3600, noon)).hasValue(noon - 3600);
    assertThat(hourly.lastDue(noon, noon + 1)).hasValue(noon);
    assertThat(hourly.lastDue(noon + 1, noon + 3600)).isEmpty();
  }

  @Test
  void knowsOffsetsAsEventBridgeWritesThem() {
    for (String zone : List.of("GMT+8:00", "UTC+8", "GMT+08:00", "+08:00", "Asia/Shanghai")) {
      assertThat(due("0 0 2 * * ?", zone, "2026-11-01T00:00Z", 1))
          .as(zone)
          .containsExactly("2026-11-02T02:00+08:00");
    }
  }

  @Test
  void aYearThatIsOverIsNeverDue() {
    assertThat(due("0 0 0 1 1 ? 2025", "UTC", "2026-01-01T00:00Z", 1)).isEmpty();
    assertThat(due("0 0 0 30 2 ?", "UTC", "1970-01-01T00:00Z", 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * * *",
        "0 0 25 * * ?",
        "0 0 2 1 * MON",
        "0 0 2 * * ? 2026 x",
        "every day",
        "rate(0 minutes)",
        "rate(5)",
        "rate(5 years)",
        "cron()"
      })
  void refusesWhatIsNoSchedule(String schedule) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> Schedules.parse(schedule, Schedules.zone("UTC")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ScheduleError.BAD_SCHEDULE))
        .satisfies(e -> assertThat(e.location()).hasToString("schedule"));
  }

  @Test
  void refusesAZoneThatThereIsNot() {
    for (String zone : List.of("Asia/Shanghia", "GMT+25:00", "GMT+8:60", "")) {
      assertThatExceptionOfType(SluiceException.class)
          .as(zone)
          .isThrownBy(() -> Schedules.zone(zone))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ScheduleError.UNKNOWN_TIME_ZONE));
    }
  }
}
