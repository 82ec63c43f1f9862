package io.sluice.flows.pattern;

import static io.sluice.flows.event.EventShape.DATA;
import static io.sluice.flows.event.EventShape.SYSTEM_PROPERTIES;
import static io.sluice.flows.event.EventShape.TOPIC;
import static io.sluice.flows.event.EventShape.USER_PROPERTIES;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.cloudevent.CloudEvent;
import io.sluice.flows.event.CarriedEvent;
import io.sluice.flows.event.EventAttributes;
import io.sluice.flows.event.EventShape;
import io.sluice.sdk.connector.EventForm;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Makes the event of a record: only those parts that a pattern names, so that the rest of the
 * record is never decoded. Immutable.
 */
final class Envelope {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final List<BiConsumer<Record, ObjectNode>> attributes = new ArrayList<>();
  private final List<BiConsumer<Record, ObjectNode>> data = new ArrayList<>();
  private final Optional<Set<EventField>> carried;

  /**
   * @param fields all that patterns name
   * @param body how they look at the body of a message
   */
  Envelope(Set<EventField> fields, BodyView body, SourceDescription source) {
    carried =
        source.eventForm() == EventForm.CARRIED
            ? Optional.of(Set.copyOf(fields))
            : Optional.empty();
    EventAttributes values = new EventAttributes(source);
    for (EventField field : fields) {
      String key = field.path().get(0);
      if (EventShape.MESSAGE.correction(field.path().subList(0, 1)).isPresent()) {
        continue; // an attribute that only carried events have
      }
      if (!key.equals(DATA)) {
        attributes.add(put(key, record -> Optional.of(values.of(key, record))));
      } else if (field.isWithin(TOPIC)) {
        data.add(put(TOPIC, record -> Optional.of(record.topic())));
      } else if (field.isWithin(SYSTEM_PROPERTIES)) {
        String name = field.below();
        data.add(within(SYSTEM_PROPERTIES, put(name, record -> record.systemProperty(name))));
      } else if (field.isWithin(USER_PROPERTIES)) {
        String name = field.below();
        data.add(within(USER_PROPERTIES, put(name, record -> record.userProperty(name))));
      }
    }
    if (body != BodyView.NONE) {
      data.add(new EnvelopeBody(body));
    }
  }

  /** The event of a record, in part. */
  ObjectNode of(Record record) {
    return carried
        .flatMap(fields -> CarriedEvent.in(record).map(event -> of(event, fields)))
        .orElseGet(() -> envelope(record));
  }

  private static ObjectNode of(CloudEvent event, Set<EventField> fields) {
    boolean attributesOnly = fields.stream().noneMatch(field -> field.path().get(0).equals(DATA));
    return attributesOnly ? CarriedEvent.attributes(event) : CarriedEvent.whole(event);
  }

  private ObjectNode envelope(Record record) {
    ObjectNode event = NODES.objectNode();
    attributes.forEach(part -> part.accept(record, event));
    if (!data.isEmpty()) {
      ObjectNode inner = event.putObject(DATA);
      data.forEach(part -> part.accept(record, inner));
    }
    return event;
  }

  private static BiConsumer<Record, ObjectNode> put(
      String key, Function<Record, Optional<String>> value) {
    return (record, block) -> value.apply(record).ifPresent(text -> block.put(key, text));
  }

  private static BiConsumer<Record, ObjectNode> within(
      String key, BiConsumer<Record, ObjectNode> part) {
    return (record, block) -> part.accept(record, block.withObject("/" + key));
  }
}
