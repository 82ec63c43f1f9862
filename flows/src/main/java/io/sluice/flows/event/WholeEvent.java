package io.sluice.flows.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.sdk.connector.EventForm;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.Record;
import java.util.Optional;

/** Makes the event of a record with all of its parts, or all but the body. Immutable. */
public final class WholeEvent {
  private final EventAttributes attributes;
  private final EventShape shape;
  private final boolean carried;

  /** Events of records from one source. */
  public WholeEvent(SourceDescription source) {
    this.attributes = new EventAttributes(source);
    this.shape = EventShape.of(source);
    this.carried = source.eventForm() == EventForm.CARRIED;
  }

  /** Which parts they have. */
  public EventShape shape() {
    return shape;
  }

  /** The event without its body, which is not looked at; a carried one as a whole. */
  public ObjectNode withoutBody(Record record) {
    return carried(record).orElseGet(() -> envelope(record));
  }

  private Optional<ObjectNode> carried(Record record) {
    return carried ? CarriedEvent.in(record).map(CarriedEvent::whole) : Optional.empty();
  }

  private ObjectNode envelope(Record record) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    EventShape.ATTRIBUTES.forEach(name -> event.put(name, attributes.of(name, record)));
    ObjectNode data = event.putObject(EventShape.DATA);
    data.put(EventShape.TOPIC, record.topic());
    record.forEachSystemProperty(data.putObject(EventShape.SYSTEM_PROPERTIES)::put);
    record.forEachUserProperty(data.putObject(EventShape.USER_PROPERTIES)::put);
    return event;
  }

  /** The whole event. A body that is not UTF-8 is left out. */
  public ObjectNode of(Record record) {
    return carried(record).orElseGet(() -> envelopeWithBody(record));
  }

  private ObjectNode envelopeWithBody(Record record) {
    ObjectNode event = envelope(record);
    ObjectNode data = (ObjectNode) event.path(EventShape.DATA);
    MessageBody.text(record.body())
        .ifPresent(
            text ->
                data.set(
                    EventShape.BODY,
                    MessageBody.structure(text)
                        .<JsonNode>map(structure -> structure)
                        .orElseGet(() -> TextNode.valueOf(text))));
    return event;
  }
}
