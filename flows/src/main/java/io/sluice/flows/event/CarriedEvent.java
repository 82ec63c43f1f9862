package io.sluice.flows.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.cloudevent.CloudEvent;
import io.sluice.flows.cloudevent.MessageBinding;
import io.sluice.sdk.record.Record;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/** The CloudEvents that records carry, as patterns and transforms see them: as JSON. */
public final class CarriedEvent {
  private CarriedEvent() {}

  /**
   * The event that a record carries; empty if it carries none, or one that cannot be read, which is
   * then seen as a message.
   */
  public static Optional<CloudEvent> in(Record record) {
    try {
      return MessageBinding.read(record);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** The attributes, without the data, which is not looked at. */
  public static ObjectNode attributes(CloudEvent event) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    event.attributes().forEach(object::set);
    return object;
  }

  /** The whole event. Data that is neither JSON nor text stands as Base64, as CloudEvents say. */
  public static ObjectNode whole(CloudEvent event) {
    ObjectNode object = attributes(event);
    if (event.data().length > 0) {
      Optional<String> text = MessageBody.text(ByteBuffer.wrap(event.data()));
      if (text.isEmpty()) {
        object.put("data_base64", Base64.getEncoder().encodeToString(event.data()));
      } else {
        text.filter(given -> event.isJson())
            .flatMap(MessageBody::value)
            .ifPresentOrElse(
                value -> object.set(EventShape.DATA, value),
                () -> object.put(EventShape.DATA, text.get()));
      }
    }
    return object;
  }
}
