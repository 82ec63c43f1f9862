package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.event.EventShape;
import io.sluice.flows.event.MessageBody;
import io.sluice.sdk.record.Record;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Adds {@code body} to an event's data. Asked for itself it is text, whatever the text says; only
 * when a pattern goes below it is the text read as JSON. A body that is not UTF-8 is left out.
 */
final class EnvelopeBody implements BiConsumer<Record, ObjectNode> {
  private final BodyView view;

  EnvelopeBody(BodyView view) {
    this.view = view;
  }

  @Override
  public void accept(Record record, ObjectNode data) {
    Optional<String> text = MessageBody.text(record.body());
    if (text.isEmpty()) {
      return;
    }
    Optional<JsonNode> structure =
        view.hasJson() ? MessageBody.structure(text.get()) : Optional.empty();
    if (view.hasText() && structure.isPresent()) {
      // Both at once: a list, of which a pattern may match either item.
      data.putArray(EventShape.BODY).add(text.get()).add(structure.get());
    } else if (structure.isPresent()) {
      data.set(EventShape.BODY, structure.get());
    } else {
      data.put(EventShape.BODY, text.get());
    }
  }
}
