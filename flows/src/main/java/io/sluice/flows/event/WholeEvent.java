package io.sluice.flows.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.Record;

/** Makes the event of a record with all of its parts, or all but the body. Immutable. */
public final class WholeEvent {
  private final EventAttributes attributes;

  /** Events of records from one source. */
  public WholeEvent(SourceDescription source) {
    this.attributes = new EventAttributes(source);
  }

  /** The event without its body, which is not looked at. */
  public ObjectNode withoutBody(Record record) {
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
    ObjectNode event = withoutBody(record);
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
