package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.cloudevent.CloudEvent;
import io.sluice.flows.cloudevent.MessageBinding;
import io.sluice.flows.event.EventShape;
import io.sluice.flows.event.MessageBody;
import io.sluice.flows.event.WholeEvent;
import io.sluice.flows.transform.TransformChain.Input;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes messages that carry CloudEvents, or the bare data of them, out of messages that carry such
 * events in any mode, and of plain ones. Immutable and thread-safe.
 */
final class CloudEventsTransform implements Transform {
  /** Attributes of the event of a message that become attributes of its CloudEvent. */
  private static final String[] TAKEN = {"id", "source", "specversion", "type", "subject", "time"};

  private final Mode mode;
  private final Optional<Output> attributes;
  private final EventView events;
  private final WholeEvent plain;

  /** What becomes of a message. */
  enum Mode {
    /** The body is the event as JSON. */
    STRUCTURED,
    /** The attributes are user properties, the body is the data. */
    BINARY,
    /** The body is the data, the attributes are dropped. */
    DATA
  }

  /**
   * @param attributes those to set or to take away, as an object
   */
  CloudEventsTransform(Mode mode, Optional<Output> attributes, WholeEvent events) {
    this.mode = mode;
    this.attributes = attributes;
    this.events = new EventView(events, attributes.map(Output::reads).orElse(Reads.NOTHING));
    this.plain = events;
  }

  /**
   * The record to write in place of one.
   *
   * @throws RefusedRecordException {@code flow.bad-output}, {@code flow.missing-value}, without a
   *     place
   */
  @Override
  public DetachedRecord apply(Record record) {
    CloudEvent event = changed(carried(record).orElseGet(() -> made(record)), record);
    Optional<String> problem = event.problem();
    if (problem.isPresent()) {
      throw refused("this is no valid CloudEvent: " + problem.get());
    }
    Map<String, String> properties =
        switch (mode) {
          case STRUCTURED -> MessageBinding.structuredProperties();
          case BINARY -> MessageBinding.binaryProperties(event);
          case DATA -> Map.of();
        };
    DetachedRecord.Builder made =
        Replacement.of(mode == Mode.STRUCTURED ? structured(event) : event.data(), record);
    record.forEachSystemProperty(made::systemProperty);
    record.forEachUserProperty(
        (name, value) -> {
          if (!MessageBinding.owns(name, value)) {
            made.userProperty(name, value);
          }
        });
    properties.forEach(made::userProperty);
    return made.build();
  }

  @Override
  public List<Input> inputs(Record record) {
    return attributes
        .map(output -> output.inputs(events.of(record)))
        .orElse(Map.of())
        .entrySet()
        .stream()
        .map(input -> new Input("attributes", input.getKey(), input.getValue()))
        .toList();
  }

  private static Optional<CloudEvent> carried(Record record) {
    try {
      return MessageBinding.read(record);
    } catch (IllegalArgumentException invalid) {
      throw refused("the CloudEvent in this message cannot be read: " + invalid.getMessage());
    }
  }

  /** The CloudEvent of a plain message: its data is the message's body. */
  private CloudEvent made(Record record) {
    JsonNode event = plain.withoutBody(record);
    Map<String, JsonNode> taken = new LinkedHashMap<>();
    for (String name : TAKEN) {
      taken.put(name, event.path(name));
    }
    byte[] body = MessageBody.bytes(record.body());
    taken.put(EventShape.CONTENT_TYPE, TextNode.valueOf(contentType(record)));
    return new CloudEvent(taken, body);
  }

  private static String contentType(Record record) {
    Optional<String> text = MessageBody.text(record.body());
    if (text.isEmpty()) {
      return "application/octet-stream";
    }
    return text.flatMap(MessageBody::structure).isPresent()
        ? "application/json"
        : "text/plain; charset=utf-8";
  }

  private CloudEvent changed(CloudEvent event, Record record) {
    if (attributes.isEmpty()) {
      return event;
    }
    JsonNode changes = attributes.get().of(events.of(record));
    if (!changes.isObject()) {
      throw refused("the attributes are not a JSON object");
    }
    return event.with(changes);
  }

  private static byte[] structured(CloudEvent event) {
    try {
      return MessageBinding.structuredBody(event);
    } catch (IllegalArgumentException invalid) {
      throw refused("this is no valid CloudEvent: " + invalid.getMessage());
    }
  }

  private static RefusedRecordException refused(String message) {
    return new RefusedRecordException(FlowError.BAD_OUTPUT, message, Location.NONE);
  }
}
