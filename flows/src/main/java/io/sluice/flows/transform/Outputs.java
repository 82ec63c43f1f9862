package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.event.EventShape;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import java.util.Map;

/** The outputs of the four forms. */
final class Outputs {
  private Outputs() {}

  /** {@code ORIGINAL}: the event as a whole. */
  record Original() implements Output {
    @Override
    public Reads reads() {
      return Reads.EVERYTHING;
    }

    @Override
    public JsonNode of(JsonNode event) {
      if (EventShape.lacksBody(event)) {
        throw new RefusedRecordException(
            FlowError.BAD_OUTPUT,
            "the body is not UTF-8 text, and cannot stand in the JSON of the whole event",
            Location.NONE);
      }
      return event;
    }

    @Override
    public Map<String, JsonNode> inputs(JsonNode event) {
      return Map.of();
    }
  }

  /** {@code JSONPATH}: a part of the event. */
  record Part(EventPath path, boolean strict) implements Output {
    @Override
    public Reads reads() {
      return path.reads();
    }

    @Override
    public JsonNode of(JsonNode event) {
      JsonNode value = path.in(event);
      if (strict && value.isMissingNode()) {
        throw Variables.missing("the JSONPath");
      }
      return value;
    }

    @Override
    public Map<String, JsonNode> inputs(JsonNode event) {
      return Map.of(path.text(), path.in(event));
    }
  }

  /** {@code CONSTANT}: the same for every event. */
  record Constant(JsonNode value) implements Output {
    @Override
    public Reads reads() {
      return Reads.NOTHING;
    }

    @Override
    public JsonNode of(JsonNode event) {
      return value;
    }

    @Override
    public Map<String, JsonNode> inputs(JsonNode event) {
      return Map.of();
    }
  }

  /** {@code TEMPLATE} that is JSON. */
  record JsonText(JsonTemplate.Read template, Variables variables) implements Output {
    @Override
    public Reads reads() {
      return variables.reads(template.names());
    }

    @Override
    public JsonNode of(JsonNode event) {
      JsonNode json = template.shape().fill(variables, event);
      return json.isTextual() ? TextNode.valueOf(json.toString()) : json;
    }

    @Override
    public Map<String, JsonNode> inputs(JsonNode event) {
      return variables.values(template.names(), event);
    }
  }

  /** {@code TEMPLATE} that is any other text. */
  record PlainText(TextTemplate template, Variables variables) implements Output {
    @Override
    public Reads reads() {
      return variables.reads(template.names());
    }

    @Override
    public JsonNode of(JsonNode event) {
      return TextNode.valueOf(template.fill(variables, event));
    }

    @Override
    public Map<String, JsonNode> inputs(JsonNode event) {
      return variables.values(template.names(), event);
    }
  }
}
