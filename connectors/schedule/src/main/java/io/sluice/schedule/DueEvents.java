package io.sluice.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.event.Event;
import io.sluice.sdk.record.DetachedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Makes the events of a schedule, as Alibaba EventBridge's scheduled events are: {@code TimeZone},
 * {@code Schedule} and {@code UserData} as data. The same due time always gives the same event.
 */
final class DueEvents {
  /** Topic that the records show. */
  static final String TOPIC = "schedule";

  static final String TYPE = "eventbridge:Events:ScheduledEvent";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String partition;
  private final String source;
  private final String data;

  /**
   * @param partition name of the one partition
   * @param sourceName for events of a schedule that does not say itself what they come from
   */
  DueEvents(String partition, ScheduleConfiguration configuration, String sourceName) {
    this.partition = partition;
    this.source = configuration.source().orElse(sourceName);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("TimeZone", configuration.timeZone());
    members.put("Schedule", configuration.schedule());
    configuration.userData().ifPresent(userData -> members.put("UserData", userData));
    try {
      this.data = MAPPER.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("userData is not JSON", e);
    }
  }

  /** The event of a due time, at the position of that time. */
  DetachedRecord of(long due) {
    String id =
        UUID.nameUUIDFromBytes((partition + "@" + due).getBytes(StandardCharsets.UTF_8)).toString();
    Instant time = Instant.ofEpochSecond(due);
    return Event.builder(source, TYPE)
        .id(id)
        .time(time)
        .json(data)
        .build()
        .record(TOPIC, new Position(due), time);
  }
}
