package io.sluice.camel.message;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A record to be, without topic and position.
 *
 * @param body not copied
 * @param properties user properties
 */
public record Draft(
    byte[] body,
    Optional<String> keys,
    Optional<String> tag,
    Map<String, String> properties,
    Instant bornAt) {

  /** The record at its place. */
  public DetachedRecord at(String topic, Position position) {
    DetachedRecord.Builder record =
        DetachedRecord.builder(topic, position).body(body).bornAt(bornAt);
    keys.ifPresent(record::keys);
    tag.ifPresent(record::tag);
    properties.forEach(record::userProperty);
    return record.build();
  }
}
