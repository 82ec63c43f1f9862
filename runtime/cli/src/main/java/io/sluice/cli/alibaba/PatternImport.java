package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.event.EventShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code FilterPattern}: a pattern as escaped JSON text. */
final class PatternImport {
  private static final String FIELD = "FilterPattern";
  private static final String OR = "$or";

  private final Losses losses;

  PatternImport(Losses losses) {
    this.losses = losses;
  }

  /** The pattern as a structure; empty if all events match. */
  Optional<JsonNode> read(Fields document) {
    Optional<JsonNode> given = document.node(FIELD);
    Optional<JsonNode> pattern = given.flatMap(Json::structure).filter(JsonNode::isObject);
    if (given.isPresent() && pattern.isEmpty()) {
      losses.add(FIELD, "is no JSON object and is left out, so that every record passes");
    }
    return pattern.<JsonNode>map(this::known).filter(object -> !object.isEmpty());
  }

  /** Without what the events of messages do not have here. */
  private ObjectNode known(JsonNode pattern) {
    ObjectNode known = Json.object();
    for (Map.Entry<String, JsonNode> field : pattern.properties()) {
      if (!field.getKey().equals(OR)
          && EventShape.MESSAGE.correction(List.of(field.getKey())).isPresent()) {
        losses.add(
            FIELD + "." + field.getKey(),
            "events of flows do not have it; it is left out, so that more records pass");
      } else {
        known.set(field.getKey(), field.getValue());
      }
    }
    return known;
  }
}
