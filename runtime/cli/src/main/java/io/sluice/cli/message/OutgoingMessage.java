package io.sluice.cli.message;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message to send.
 *
 * @param key its key, if it has one
 * @param tag its tag, if it has one
 * @param properties its user properties
 * @param body its body; not copied
 */
public record OutgoingMessage(
    Optional<String> key, Optional<String> tag, Map<String, String> properties, byte[] body) {
  public OutgoingMessage {
    properties = Map.copyOf(properties);
  }

  /** The same message, with what it lacks taken from another one; the body stays. */
  public OutgoingMessage orElse(OutgoingMessage defaults) {
    Map<String, String> merged = new LinkedHashMap<>(defaults.properties);
    merged.putAll(properties);
    return new OutgoingMessage(key.or(defaults::key), tag.or(defaults::tag), merged, body);
  }

  DetachedRecord record(String topic, Position position, Instant bornAt) {
    DetachedRecord.Builder record =
        DetachedRecord.builder(topic, position).body(body).bornAt(bornAt);
    key.ifPresent(record::keys);
    tag.ifPresent(record::tag);
    properties.forEach(record::userProperty);
    return record.build();
  }
}
