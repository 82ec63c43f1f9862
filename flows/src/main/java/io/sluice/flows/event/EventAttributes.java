package io.sluice.flows.event;

import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.Record;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * The attributes of CloudEvents 1.0 that an event has, valued as Alibaba EventBridge does for
 * RocketMQ messages.
 */
public final class EventAttributes {
  private static final String UNIQUE_KEY = "UNIQ_KEY";
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final SourceDescription source;

  /** Of records from one source. */
  public EventAttributes(SourceDescription source) {
    this.source = source;
  }

  /** The value of an attribute, one of those that {@link EventShape} names. */
  public String of(String attribute, Record record) {
    return switch (attribute) {
      case EventShape.ID ->
          record.systemProperty(UNIQUE_KEY).orElseGet(() -> record.position().toString());
      case EventShape.SOURCE -> source.eventSource();
      case EventShape.SPEC_VERSION -> "1.0";
      case EventShape.TYPE -> source.eventType();
      case EventShape.CONTENT_TYPE -> "application/json; charset=utf-8";
      case EventShape.SUBJECT -> subject(record);
      case EventShape.TIME -> MILLISECONDS.format(record.bornAt());
      default -> throw new IllegalArgumentException("no attribute " + attribute);
    };
  }

  private String subject(Record record) {
    String instance = source.instance().map(name -> name + "%").orElse("");
    return source.eventSource() + ":" + instance + record.topic();
  }
}
