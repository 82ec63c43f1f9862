package io.sluice.flows.pattern;

import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.Record;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * The attributes of CloudEvents 1.0 that an event has, valued as Alibaba EventBridge does for
 * RocketMQ messages.
 */
final class EnvelopeAttributes {
  private static final String UNIQUE_KEY = "UNIQ_KEY";
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final SourceDescription source;

  EnvelopeAttributes(SourceDescription source) {
    this.source = source;
  }

  String of(String attribute, Record record) {
    return switch (attribute) {
      case EnvelopeShape.ID ->
          record.systemProperty(UNIQUE_KEY).orElseGet(() -> record.position().toString());
      case EnvelopeShape.SOURCE -> source.eventSource();
      case EnvelopeShape.SPEC_VERSION -> "1.0";
      case EnvelopeShape.TYPE -> source.eventType();
      case EnvelopeShape.CONTENT_TYPE -> "application/json; charset=utf-8";
      case EnvelopeShape.SUBJECT -> subject(record);
      case EnvelopeShape.TIME -> MILLISECONDS.format(record.bornAt());
      default -> throw new IllegalArgumentException("no attribute " + attribute);
    };
  }

  private String subject(Record record) {
    String instance = source.instance().map(name -> name + "%").orElse("");
    return source.eventSource() + ":" + instance + record.topic();
  }
}
