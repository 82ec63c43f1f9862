package io.sluice.camel.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.sluice.events.v1.CloudEvent;
import io.sluice.events.v1.CloudEvent.CloudEventAttributeValue;
import io.sluice.events.v1.CloudEventBatch;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.record.Record;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;

/**
 * Makes events of records. What a record says of itself by {@code CE_} properties goes before what
 * is made up for those that do not.
 */
public final class EventWriter {
  private static final String RECORD = "sluice.record";
  private static final String UNIQUE_KEY = "UNIQ_KEY";
  private static final Set<String> REQUIRED =
      Set.of(EventNames.ID, EventNames.SOURCE, EventNames.TYPE, EventNames.SPEC_VERSION);

  private EventWriter() {}

  /** All selected records, in order. */
  public static CloudEventBatch write(Batch batch) {
    CloudEventBatch.Builder events = CloudEventBatch.newBuilder();
    batch.records().forEach(record -> events.addEvents(event(batch, record)));
    return events.build();
  }

  /** One record. */
  public static CloudEventBatch write(Batch batch, Record record) {
    return CloudEventBatch.newBuilder().addEvents(event(batch, record)).build();
  }

  private static CloudEvent event(Batch batch, Record record) {
    String partition = batch.partition().name();
    CloudEvent.Builder event =
        CloudEvent.newBuilder()
            .setId(
                record
                    .userProperty(EventNames.ID)
                    .or(() -> record.systemProperty(UNIQUE_KEY))
                    .orElseGet(() -> partition + "@" + record.position()))
            .setSource(record.userProperty(EventNames.SOURCE).orElse(partition))
            .setType(record.userProperty(EventNames.TYPE).orElse(RECORD))
            .setSpecVersion("1.0")
            .setBinaryData(ByteString.copyFrom(record.body()))
            .putAttributes(EventNames.SUBJECT, text(record.topic()))
            .putAttributes(EventNames.TIME, time(madeAt(record)));
    record.forEachUserProperty((name, value) -> put(event, name, value));
    record.keys().ifPresent(keys -> event.putAttributes(EventNames.KEYS, text(keys)));
    record.tag().ifPresent(tag -> event.putAttributes(EventNames.TAGS, text(tag)));
    return event.build();
  }

  /** When the event says that it was made, or else when the record was. */
  private static Instant madeAt(Record record) {
    try {
      return record
          .userProperty(EventNames.property(EventNames.TIME))
          .map(text -> OffsetDateTime.parse(text).toInstant())
          .orElseGet(record::bornAt);
    } catch (DateTimeParseException noTime) {
      return record.bornAt();
    }
  }

  private static void put(CloudEvent.Builder event, String property, String value) {
    if (!REQUIRED.contains(property)) {
      EventNames.attribute(property)
          .filter(name -> !name.equals(EventNames.TIME))
          .ifPresent(name -> event.putAttributes(name, text(value)));
    }
  }

  private static CloudEventAttributeValue text(String value) {
    return CloudEventAttributeValue.newBuilder().setCeString(value).build();
  }

  private static CloudEventAttributeValue time(Instant at) {
    return CloudEventAttributeValue.newBuilder()
        .setCeTimestamp(
            Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
        .build();
  }
}
