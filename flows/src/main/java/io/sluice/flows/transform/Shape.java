package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.event.MessageBody;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import java.util.List;
import java.util.Optional;

/**
 * A JSON value with variables in it. Filling it builds a tree of values, so that whatever the
 * variables hold, the outcome is JSON of the template's shape.
 */
sealed interface Shape {

  JsonNode fill(Variables variables, JsonNode event);

  /** A value without variables. */
  record Fixed(JsonNode value) implements Shape {
    @Override
    public JsonNode fill(Variables variables, JsonNode event) {
      return value;
    }
  }

  /** A text with variables, between quotes in the template. */
  record Text(TextTemplate template) implements Shape {
    @Override
    public JsonNode fill(Variables variables, JsonNode event) {
      return TextNode.valueOf(template.fill(variables, event));
    }
  }

  /** A text that is itself a JSON template. */
  record Inner(Shape shape) implements Shape {
    @Override
    public JsonNode fill(Variables variables, JsonNode event) {
      return TextNode.valueOf(shape.fill(variables, event).toString());
    }
  }

  /** A variable without quotes around it: any value, null for a missing one. */
  record Bare(String name) implements Shape {
    @Override
    public JsonNode fill(Variables variables, JsonNode event) {
      JsonNode value = variables.value(name, event);
      if (value.isMissingNode()) {
        return NullNode.getInstance();
      }
      return value.isTextual() ? parsed(value.textValue()) : value;
    }

    private JsonNode parsed(String text) {
      return MessageBody.value(text)
          .orElseThrow(
              () ->
                  new RefusedRecordException(
                      FlowError.BAD_OUTPUT,
                      "variable '"
                          + name
                          + "' stands without quotes in a JSON template, but is a text that is not"
                          + " JSON",
                      Location.NONE,
                      "Write \"${" + name + "}\", with quotes.",
                      null));
    }
  }

  /** A list. */
  record Items(List<Shape> items) implements Shape {
    @Override
    public JsonNode fill(Variables variables, JsonNode event) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> array.add(item.fill(variables, event)));
      return array;
    }
  }

  /**
   * An object.
   *
   * @param embedded variable whose members it takes over, except for those that it has itself
   */
  record Members(List<Member> members, Optional<String> embedded) implements Shape {
    @Override
    public JsonNode fill(Variables variables, JsonNode event) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      embedded.ifPresent(name -> object.setAll(members(name, variables, event)));
      for (Member member : members) {
        object.set(member.key().fill(variables, event), member.value().fill(variables, event));
      }
      return object;
    }

    private static ObjectNode members(String name, Variables variables, JsonNode event) {
      JsonNode value = variables.value(name, event);
      if (value.isTextual()) {
        value = MessageBody.structure(value.textValue()).orElse(value);
      }
      if (value.isMissingNode() || value.isNull()) {
        return JsonNodeFactory.instance.objectNode();
      }
      if (value instanceof ObjectNode object) {
        return object;
      }
      throw new RefusedRecordException(
          FlowError.BAD_OUTPUT,
          "variable '" + name + "' is not an object, whose members could be embedded",
          Location.NONE);
    }
  }

  /** One member of an object. */
  record Member(TextTemplate key, Shape value) {}
}
