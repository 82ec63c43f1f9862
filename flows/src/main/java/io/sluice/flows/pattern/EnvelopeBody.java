package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.event.EventShape;
import io.sluice.flows.event.MessageBody;
import io.sluice.sdk.record.Record;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Adds {@code body} to an event's data. Asked for itself it is text, whatever the text says; only
 * when a pattern goes below it is the text read as JSON. A body that is not UTF-8 is left out.
 */
final class EnvelopeBody implements BiConsumer<Record, ObjectNode> {
  private final List<EventField> fields;
  private final boolean asText;
  private final boolean asJson;

  /**
   * @param fields the body and fields below it
   */
  EnvelopeBody(List<EventField> fields) {
    this.fields = fields.stream().filter(field -> !field.below().isEmpty()).toList();
    this.asText = this.fields.size() < fields.size();
    this.asJson = !this.fields.isEmpty();
  }

  @Override
  public void accept(Record record, ObjectNode data) {
    Optional<String> text = MessageBody.text(record.body());
    if (text.isEmpty()) {
      return;
    }
    Optional<JsonNode> structure = asJson ? MessageBody.structure(text.get()) : Optional.empty();
    structure.ifPresent(this::adjust);
    if (asText && structure.isPresent()) {
      // Both at once: a list, of which a pattern may match either item.
      data.putArray(EventShape.BODY).add(text.get()).add(structure.get());
    } else if (structure.isPresent()) {
      data.set(EventShape.BODY, structure.get());
    } else {
      data.put(EventShape.BODY, text.get());
    }
  }

  private void adjust(JsonNode body) {
    for (EventField field : fields) {
      if (field.operators().contains(Operators.EXISTS)) {
        FieldPlaces.change(body, field.below(), FieldPlaces::visible);
      }
    }
  }
}
