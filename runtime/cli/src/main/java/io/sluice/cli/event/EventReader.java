package io.sluice.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.cloudevent.CloudEvent;
import io.sluice.flows.cloudevent.JsonFormat;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.event.Event;
import io.sluice.sdk.event.EventError;
import java.util.Map;

/** Makes events of JSON in the event format of CloudEvents. */
final class EventReader {
  private static final String CONTENT_TYPE = "datacontenttype";

  private EventReader() {}

  /**
   * The event of a JSON object. A missing {@code id} is made up, {@code specversion} is 1.0.
   *
   * @throws SluiceException {@code event.invalid}
   */
  static Event read(JsonNode object) {
    if (!object.isObject()) {
      throw invalid("an event is a JSON object");
    }
    CloudEvent given;
    try {
      given = JsonFormat.read(object);
    } catch (IllegalArgumentException e) {
      throw invalid("its data cannot be read: " + e.getMessage());
    }
    Event.Builder event = Event.builder("", "").data(given.data());
    if (object.has("data") && !given.attributes().containsKey(CONTENT_TYPE)) {
      event.attribute(CONTENT_TYPE, "application/json");
    }
    for (Map.Entry<String, JsonNode> attribute : given.attributes().entrySet()) {
      JsonNode value = attribute.getValue();
      if (!value.isTextual() && !value.isBoolean() && !value.isIntegralNumber()) {
        throw invalid("its '" + attribute.getKey() + "' is neither text nor a whole number");
      }
      event.attribute(attribute.getKey(), value.asText());
    }
    return event.build();
  }

  private static SluiceException invalid(String fault) {
    return new SluiceException(
        EventError.INVALID, "the event is not valid: " + fault, Location.NONE);
  }
}
