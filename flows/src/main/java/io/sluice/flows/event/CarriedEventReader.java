package io.sluice.flows.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.flows.cloudevent.CloudEvent;
import io.sluice.flows.cloudevent.MessageBinding;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.DetachedRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the CloudEvent that an author writes down, as the record that carries it. */
final class CarriedEventReader {
  private static final String BASE64 = "data_base64";

  private final SourceDescription source;
  private final EventValues values;

  CarriedEventReader(SourceDescription source, EventValues values) {
    this.source = source;
    this.values = values;
  }

  /** Whether a block is an event, and not the message that carries one. */
  static boolean isEvent(Mapping block) {
    return block.get(EventShape.DATA).isPresent()
        || block.get(BASE64).isPresent()
        || block.get(EventShape.SOURCE).isPresent()
        || block.get(EventShape.TYPE).isPresent();
  }

  /** The record; empty, and reported, if the event is not valid. */
  Optional<DetachedRecord> read(Mapping block) {
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    attributes.put(EventShape.ID, TextNode.valueOf("1"));
    attributes.put(EventShape.SPEC_VERSION, TextNode.valueOf("1.0"));
    for (Entry entry : block.entries()) {
      boolean data = entry.key().equals(EventShape.DATA) || entry.key().equals(BASE64);
      if (!data) {
        attributes.put(entry.key(), JsonTree.of(entry.value()));
      }
    }
    Optional<Node> data = EventValues.given(block, EventShape.DATA);
    data.filter(given -> !(given instanceof Scalar))
        .ifPresent(
            structure ->
                attributes.putIfAbsent(
                    EventShape.CONTENT_TYPE, TextNode.valueOf("application/json")));
    byte[] body =
        data.map(EventValues::bytes)
            .or(() -> values.base64(block, BASE64))
            .orElseGet(() -> new byte[0]);
    CloudEvent event = new CloudEvent(attributes, body);
    Optional<String> problem = event.problem();
    if (problem.isPresent()) {
      values.bad(
          block,
          "this is no valid CloudEvent: " + problem.get(),
          "Give its source and type, and its data.");
      return Optional.empty();
    }
    DetachedRecord.Builder record =
        DetachedRecord.builder(source.topic(), new Position(0)).body(body);
    MessageBinding.binaryProperties(event).forEach(record::userProperty);
    return Optional.of(record.build());
  }
}
