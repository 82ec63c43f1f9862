package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of one object of a document, found without regard to case. Remembers which were asked
 * for, so that none is passed over in silence. For one thread.
 */
final class Fields {
  private final String path;
  private final Map<String, JsonNode> left = new LinkedHashMap<>();
  private final Losses losses;

  /**
   * @param path where the object stands; empty for the document
   */
  Fields(String path, JsonNode object, Losses losses) {
    this.path = path;
    this.losses = losses;
    object
        .properties()
        .forEach(
            field -> {
              if (!isNothing(field.getValue())) {
                left.put(field.getKey(), field.getValue());
              }
            });
  }

  /** Documents often hold empty values for what was not filled in. */
  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || value.isTextual() && value.textValue().isBlank()
        || value.isContainerNode() && value.isEmpty();
  }

  /** Where the object stands. */
  String path() {
    return path;
  }

  /** Where a field stands. */
  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  boolean has(String name) {
    return key(name).isPresent();
  }

  private Optional<String> key(String name) {
    return left.keySet().stream().filter(name::equalsIgnoreCase).findFirst();
  }

  /** The value of a field, if it has one. */
  Optional<JsonNode> node(String name) {
    return key(name).map(left::remove);
  }

  /** The value of a field as text. */
  Optional<String> text(String name) {
    return node(name).map(value -> value.isValueNode() ? value.asText() : value.toString());
  }

  /** The value of a field that is an object, or one as JSON text. */
  Optional<Fields> block(String name) {
    Optional<JsonNode> value = node(name);
    Optional<JsonNode> object = value.flatMap(Json::structure).filter(JsonNode::isObject);
    if (value.isPresent() && object.isEmpty()) {
      losses.add(path(name), "is no JSON object and is left out");
    }
    return object.map(fields -> new Fields(path(name), fields, losses));
  }

  /** The items of a field that is a list of objects, or one as JSON text. */
  List<Fields> blocks(String name) {
    List<Fields> blocks = new ArrayList<>();
    JsonNode list = node(name).flatMap(Json::structure).orElse(Json.nothing());
    for (int index = 0; index < list.size(); index++) {
      blocks.add(new Fields(path(name) + "[" + index + "]", list.path(index), losses));
    }
    return blocks;
  }

  /** Notes that a field, if it has a value, has no counterpart. */
  void lose(String name, String why) {
    if (node(name).isPresent()) {
      losses.add(path(name), why);
    }
  }

  /** Notes the same of each of some fields. */
  void loseAll(String why, String... names) {
    for (String name : names) {
      lose(name, why);
    }
  }

  /** Notes that all fields that nobody asked for have no counterpart. */
  void loseRest() {
    List.copyOf(left.keySet()).forEach(name -> lose(name, "has no counterpart and is left out"));
  }

  /** The one field whose name begins so, in small letters, if there is one. */
  Optional<String> beginningWith(String start) {
    return left.keySet().stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(start))
        .findFirst();
  }
}
