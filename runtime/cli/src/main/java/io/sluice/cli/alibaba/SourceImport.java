package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;

/** Sources: {@code SourceRocketMQParameters}. */
final class SourceImport {
  private static final String CROSS_BORDER =
      "is about the cloud's own network between regions; an instance's `network` says how the"
          + " runtime reaches it";

  private final Instances instances;
  private final Losses losses;

  SourceImport(Instances instances, Losses losses) {
    this.instances = instances;
    this.losses = losses;
  }

  /** The block below {@code source.rocketmq}. */
  ObjectNode rocketMq(Fields parameters) {
    ObjectNode source = Json.object();
    source.put("instance", instances.named(parameters, "source"));
    source.put(
        "topic",
        parameters.text("Topic").orElseGet(() -> FlowDocument.variable("source", "topic")));
    parameters.text("GroupID").ifPresent(group -> source.put("groupID", group));
    filter(parameters, source);
    parameters.text("Offset").ifPresent(offset -> source.put("offset", offset));
    Optional<JsonNode> timestamp = parameters.node("Timestamp");
    if (source.path("offset").asText().equals("CONSUME_FROM_TIMESTAMP")) {
      timestamp.ifPresent(time -> source.set("timestamp", time));
    }
    parameters
        .text("BodyDataType")
        .filter(type -> !type.equalsIgnoreCase("JSON"))
        .ifPresent(
            type ->
                losses.add(
                    parameters.path("BodyDataType"),
                    type + " is left out: bodies that are JSON are structures, all others text"));
    parameters.loseAll(CROSS_BORDER, "Network", "VpcId", "VSwitchIds", "SecurityGroupId");
    parameters.loseRest();
    return source;
  }

  private static void filter(Fields parameters, ObjectNode source) {
    boolean sql =
        parameters
            .text("FilterType")
            .filter(type -> type.toUpperCase(Locale.ROOT).startsWith("SQL"))
            .isPresent();
    Optional<String> tag = parameters.text("Tag");
    Optional<String> expression = parameters.text("FilterSql");
    if (sql && expression.isPresent()) {
      source.put("filterType", "SQL92").put("filterSql", FlowDocument.literal(expression.get()));
    } else {
      tag.ifPresent(text -> source.put("tag", FlowDocument.literal(text)));
    }
  }
}
