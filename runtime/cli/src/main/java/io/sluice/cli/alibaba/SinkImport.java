package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sdk.record.RecordPart;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sinks: {@code SinkRocketMQParameters}, each of whose fields is an object of form, value and
 * template.
 */
final class SinkImport {
  private static final List<String> CONNECTION =
      List.of(
          "InstanceId", "InstanceEndpoint", "InstanceType", "InstanceUsername", "InstancePassword");

  private final Instances instances;
  private final Losses losses;

  SinkImport(Instances instances, Losses losses) {
    this.instances = instances;
    this.losses = losses;
  }

  /** The block below {@code sink.rocketmq}. */
  ObjectNode rocketMq(Fields parameters) {
    ObjectNode connection = Json.object();
    for (String name : CONNECTION) {
      constant(parameters, name).ifPresent(value -> connection.put(name, value));
    }
    ObjectNode sink = Json.object();
    sink.put(
        "instance", instances.named(new Fields(parameters.path(), connection, losses), "target"));
    sink.set("topic", topic(parameters));
    for (RecordPart part : RecordPart.OF_MESSAGES) {
      String name = part.key().substring(0, 1).toUpperCase(Locale.ROOT) + part.key().substring(1);
      parameters
          .block(name)
          .flatMap(block -> part(part, name, block))
          .ifPresent(block -> sink.set(part.key(), block));
    }
    parameters.lose(
        "DeliveryOrderType", "is left out: queue i goes to queue i, in the order of the source");
    parameters.loseAll(
        "is about the cloud's own network", "Network", "VpcId", "VSwitchIds", "SecurityGroupId");
    parameters.loseRest();
    return sink;
  }

  /** One topic, or what the topic of each record is made of. */
  private JsonNode topic(Fields parameters) {
    Optional<JsonNode> given = parameters.node("Topic");
    Optional<ObjectNode> made =
        given
            .flatMap(Json::structure)
            .flatMap(
                block ->
                    part(
                        RecordPart.TOPIC,
                        "Topic",
                        new Fields(parameters.path("Topic"), block, losses)));
    if (made.isPresent() && !made.get().path("form").asText().equals("CONSTANT")) {
      return made.get();
    }
    return made.map(block -> block.path("value"))
        .or(() -> given.filter(node -> Json.structure(node).isEmpty()))
        .map(JsonNode::asText)
        .filter(name -> !name.isEmpty())
        .map(Json.object()::textNode)
        .orElseGet(() -> Json.object().textNode(FlowDocument.variable("target", "topic")));
  }

  /** The value of a field that cannot depend on the event. */
  private Optional<String> constant(Fields parameters, String name) {
    Optional<JsonNode> node = parameters.node(name);
    if (node.isEmpty() || node.get().isValueNode() && Json.structure(node.get()).isEmpty()) {
      return node.map(JsonNode::asText);
    }
    Fields block =
        new Fields(parameters.path(name), Json.structure(node.get()).orElse(Json.object()), losses);
    boolean constant = block.text("Form").map("CONSTANT"::equalsIgnoreCase).orElse(true);
    Optional<String> value = block.text("Value");
    if (!constant) {
      losses.add(
          parameters.path(name), "cannot depend on the event; a variable stands in its place");
    }
    return value.filter(given -> constant);
  }

  private Optional<ObjectNode> part(RecordPart part, String name, Fields block) {
    String form = block.text("Form").orElse("CONSTANT").toUpperCase(Locale.ROOT);
    Optional<JsonNode> value = block.node("Value");
    Optional<String> template = block.text("Template");
    block.loseRest();
    if (form.equals("ORIGINAL") && part != RecordPart.BODY) {
      losses.add(
          block.path("Form"),
          part == RecordPart.TOPIC
              ? "a topic cannot be the whole event; a variable stands in its place"
              : name + " stays as it is: only a body can be the whole event");
      return Optional.empty();
    }
    ObjectNode made = Json.object().put("form", form);
    if (!form.equals("ORIGINAL")) {
      value.ifPresent(given -> made.set("value", value(form, given)));
    }
    if (form.equals("TEMPLATE")) {
      template.ifPresent(text -> made.put("template", FlowDocument.literal(text)));
    }
    return Optional.of(made);
  }

  private static JsonNode value(String form, JsonNode given) {
    Optional<JsonNode> variables =
        form.equals("TEMPLATE") ? Json.structure(given) : Optional.empty();
    return variables.orElseGet(
        () ->
            given.isContainerNode()
                ? given
                : Json.object().textNode(FlowDocument.literal(given.asText())));
  }
}
