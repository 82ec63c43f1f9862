package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.event.MessageBody;
import io.sluice.flows.event.WholeEvent;
import io.sluice.flows.transform.TransformChain.Input;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.record.RecordPart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes records whose parts are made anew from their events; what it does not make stays as it is.
 * Immutable and thread-safe.
 */
final class RecordTransform implements Transform {
  /** Properties that go with system properties, whoever sets them. */
  private static final Map<RecordPart, String> PROPERTY_OF =
      Map.of(
          RecordPart.KEYS, "KEYS",
          RecordPart.TAGS, "TAGS",
          RecordPart.SHARDING_KEY, "__SHARDINGKEY");

  private static final Set<String> OF_SYSTEM =
      Stream.concat(PROPERTY_OF.values().stream(), Stream.of("UNIQ_KEY"))
          .collect(Collectors.toUnmodifiableSet());

  private final Map<RecordPart, Output> outputs;
  private final EventView events;

  RecordTransform(Map<RecordPart, Output> outputs, WholeEvent events) {
    this.outputs = Map.copyOf(outputs);
    this.events =
        new EventView(
            events, outputs.values().stream().map(Output::reads).reduce(Reads.NOTHING, Reads::and));
  }

  /**
   * The record to write in place of one.
   *
   * @throws SluiceException {@code flow.bad-output}, {@code flow.missing-value}, without a place
   */
  @Override
  public DetachedRecord apply(Record record) {
    JsonNode event = events.of(record);
    DetachedRecord.Builder made = Replacement.of(topic(record, event), body(record, event), record);
    Map<String, String> given = properties(event);
    if (!outputs.containsKey(RecordPart.PROPERTIES)) {
      record.forEachUserProperty(made::userProperty);
    }
    record.forEachSystemProperty(
        (name, value) -> {
          if (!given.containsKey(name)) {
            made.systemProperty(name, value);
          }
        });
    given.forEach(
        (name, value) -> {
          if (!OF_SYSTEM.contains(name)) {
            made.userProperty(name, value);
          } else if (!value.isEmpty()) {
            made.systemProperty(name, value);
          }
        });
    return made.build();
  }

  @Override
  public List<Input> inputs(Record record) {
    JsonNode event = events.of(record);
    List<Input> inputs = new ArrayList<>();
    new TreeMap<>(outputs)
        .forEach(
            (part, output) ->
                output
                    .inputs(event)
                    .forEach((name, value) -> inputs.add(new Input(part.key(), name, value))));
    return inputs;
  }

  private String topic(Record record, JsonNode event) {
    Output output = outputs.get(RecordPart.TOPIC);
    if (output == null) {
      return record.topic();
    }
    String topic = Texts.of(output.of(event));
    if (topic.isEmpty()) {
      throw new RefusedRecordException(FlowError.BAD_OUTPUT, "the topic is empty", Location.NONE);
    }
    return topic;
  }

  private byte[] body(Record record, JsonNode event) {
    Output output = outputs.get(RecordPart.BODY);
    if (output != null) {
      return Texts.of(output.of(event)).getBytes(StandardCharsets.UTF_8);
    }
    return MessageBody.bytes(record.body());
  }

  /** Every property that is made; empty text for one that the record must not have. */
  private Map<String, String> properties(JsonNode event) {
    Map<String, String> properties = new LinkedHashMap<>();
    Output all = outputs.get(RecordPart.PROPERTIES);
    if (all != null) {
      JsonNode object = all.of(event);
      if (!object.isObject() && !object.isMissingNode()) {
        throw new RefusedRecordException(
            FlowError.BAD_OUTPUT, "the properties are not a JSON object", Location.NONE);
      }
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (!member.getValue().isNull()) {
          properties.put(member.getKey(), Texts.of(member.getValue()));
        }
      }
    }
    PROPERTY_OF.forEach(
        (part, name) ->
            Optional.ofNullable(outputs.get(part))
                .ifPresent(output -> properties.put(name, Texts.of(output.of(event)))));
    return properties;
  }
}
