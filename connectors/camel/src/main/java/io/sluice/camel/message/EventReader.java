package io.sluice.camel.message;

import io.sluice.camel.CamelError;
import io.sluice.events.v1.CloudEvent;
import io.sluice.events.v1.CloudEvent.CloudEventAttributeValue;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes records of events: the data is the body, attributes are user properties as the binary mode
 * of CloudEvents over RocketMQ names them.
 */
final class EventReader {
  private static final String VERSION = "1.0";

  private EventReader() {}

  /**
   * The record of an event.
   *
   * @param now when it was born, if the event does not say it
   * @throws SluiceException {@code camel.bad-message} if it lacks a required attribute
   */
  static Draft read(CloudEvent event, Instant now) {
    if (event.getId().isEmpty() || event.getSource().isEmpty() || event.getType().isEmpty()) {
      throw bad("the event lacks id, source or type");
    }
    if (!event.getSpecVersion().equals(VERSION)) {
      throw bad("the event is not of version " + VERSION + " of CloudEvents");
    }
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(EventNames.ID, event.getId());
    properties.put(EventNames.SOURCE, event.getSource());
    properties.put(EventNames.TYPE, event.getType());
    properties.put(EventNames.SPEC_VERSION, VERSION);
    event
        .getAttributesMap()
        .forEach(
            (name, value) -> {
              if (!name.equals(EventNames.KEYS) && !name.equals(EventNames.TAGS)) {
                properties.put(EventNames.property(name), text(value));
              }
            });
    return new Draft(
        body(event),
        attribute(event, EventNames.KEYS),
        attribute(event, EventNames.TAGS),
        properties,
        bornAt(event).orElse(now));
  }

  private static byte[] body(CloudEvent event) {
    return switch (event.getDataCase()) {
      case BINARY_DATA -> event.getBinaryData().toByteArray();
      case TEXT_DATA -> event.getTextDataBytes().toByteArray();
      case PROTO_DATA -> event.getProtoData().getValue().toByteArray();
      case DATA_NOT_SET -> new byte[0];
    };
  }

  private static Optional<String> attribute(CloudEvent event, String name) {
    return Optional.ofNullable(event.getAttributesMap().get(name))
        .map(EventReader::text)
        .filter(text -> !text.isEmpty());
  }

  private static Optional<Instant> bornAt(CloudEvent event) {
    return Optional.ofNullable(event.getAttributesMap().get(EventNames.TIME))
        .filter(CloudEventAttributeValue::hasCeTimestamp)
        .map(EventReader::instant);
  }

  private static String text(CloudEventAttributeValue value) {
    return switch (value.getAttrCase()) {
      case CE_BOOLEAN -> Boolean.toString(value.getCeBoolean());
      case CE_INTEGER -> Integer.toString(value.getCeInteger());
      case CE_STRING -> value.getCeString();
      case CE_BYTES -> Base64.getEncoder().encodeToString(value.getCeBytes().toByteArray());
      case CE_URI -> value.getCeUri();
      case CE_URI_REF -> value.getCeUriRef();
      case CE_TIMESTAMP -> instant(value).toString();
      case ATTR_NOT_SET -> "";
    };
  }

  private static Instant instant(CloudEventAttributeValue value) {
    try {
      return Instant.ofEpochSecond(
          value.getCeTimestamp().getSeconds(), value.getCeTimestamp().getNanos());
    } catch (RuntimeException outOfRange) {
      throw bad("the event has a time that is none");
    }
  }

  private static SluiceException bad(String message) {
    return new SluiceException(CamelError.BAD_MESSAGE, message, Location.NONE);
  }
}
