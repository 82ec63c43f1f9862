package io.sluice.schedule;

import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.List;
import java.util.Optional;

/** How flows read from a schedule. */
final class ScheduleSourceType implements SourceType<ScheduleConfiguration> {
  private static final String SOURCE = "sluice:schedule";

  private static final String SCHEMA =
      """
      {
        "type": "object",
        "description": "Makes an event at each due time of a schedule. The position of an event is its due time, so that a restart neither repeats one nor leaves one out unnoticed.",
        "additionalProperties": false,
        "required": ["schedule"],
        "properties": {
          "schedule": {
            "type": "string", "minLength": 1,
            "examples": ["0 30 2 * * ?"],
            "description": "When events are due: a cron expression with the fields second, minute, hour, day of month, month, day of week, and a year if wanted, as in `0 30 2 * * ?`; or, as AWS writes them, `cron(30 2 * * ? *)` without the second, and `rate(5 minutes)`, which counts from 1970-01-01T00:00:00Z."
          },
          "timeZone": {
            "type": "string", "minLength": 1, "default": "UTC",
            "examples": ["Asia/Shanghai"],
            "description": "Time zone in which the cron expression is read: a name of the IANA database, or an offset such as `GMT+8:00`."
          },
          "userData": {
            "type": "object",
            "additionalProperties": true,
            "examples": [{ "job": "close-day" }],
            "description": "What each event carries as `UserData`."
          },
          "source": {
            "type": "string", "minLength": 1, "maxLength": 128,
            "description": "What the events have as `source`. The name of the flow, or of the bus's source, if left out."
          },
          "misfire": {
            "type": "string", "enum": ["FIRE_ONCE", "ALL", "SKIP"], "default": "FIRE_ONCE",
            "description": "What becomes of due times that passed while the flow did not run, or was paused: FIRE_ONCE makes up for the last one of them, ALL for each, SKIP for none. Due times whose events wait for the target count among them when the runtime is stopped."
          }
        }
      }
      """;

  @Override
  public Class<ScheduleConfiguration> configuration() {
    return ScheduleConfiguration.class;
  }

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public List<SluiceException> problems(ScheduleConfiguration configuration) {
    return configuration.timetable().dueFrom(0).isPresent()
        ? List.of()
        : List.of(
            new SluiceException(
                ScheduleError.NEVER_DUE,
                "the schedule '" + configuration.schedule() + "' is never due",
                Location.InBlock.of("schedule")));
  }

  @Override
  public SourceDescription describe(ScheduleConfiguration configuration) {
    return new SourceDescription(
            Optional.empty(),
            DueEvents.TOPIC,
            Optional.empty(),
            configuration.source().orElse(SOURCE),
            DueEvents.TYPE)
        .carryingEvents();
  }

  @Override
  public Source create(ScheduleConfiguration configuration, SourceContext context) {
    return new ScheduleSource(configuration, context);
  }
}
