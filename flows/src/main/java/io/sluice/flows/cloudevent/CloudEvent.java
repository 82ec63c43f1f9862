package io.sluice.flows.cloudevent;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.sdk.event.AttributeForms;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An event of CloudEvents 1.0.
 *
 * @param attributes by name: texts, and whole numbers or booleans for extensions
 * @param data as {@code datacontenttype} says; empty for none; not copied
 */
public record CloudEvent(Map<String, JsonNode> attributes, byte[] data) {
  static final String ID = "id";
  static final String SOURCE = "source";
  static final String SPEC_VERSION = "specversion";
  static final String TYPE = "type";
  static final String CONTENT_TYPE = "datacontenttype";
  static final String SCHEMA = "dataschema";
  static final String TIME = "time";
  static final String VERSION = "1.0";

  private static final List<String> REQUIRED = List.of(ID, SOURCE, SPEC_VERSION, TYPE);
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
  private static final Pattern JSON_TYPE =
      Pattern.compile("(?i)[^;]*[/+]json\\s*(;.*)?", Pattern.DOTALL);

  public CloudEvent {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** An attribute as text. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name)).map(JsonNode::asText);
  }

  /**
   * The same with other attributes.
   *
   * @param changes by name; null or empty text takes an attribute away
   */
  public CloudEvent with(JsonNode changes) {
    Map<String, JsonNode> changed = new LinkedHashMap<>(attributes);
    changes
        .properties()
        .forEach(
            change -> {
              JsonNode value = change.getValue();
              if (value.isNull() || value.isTextual() && value.textValue().isEmpty()) {
                changed.remove(change.getKey());
              } else {
                changed.put(change.getKey(), value);
              }
            });
    return new CloudEvent(changed, data);
  }

  /** What keeps it from being a valid event, if anything does. */
  public Optional<String> problem() {
    for (String name : REQUIRED) {
      if (attribute(name).filter(value -> !value.isEmpty()).isEmpty()) {
        return Optional.of("it has no '" + name + "'");
      }
    }
    if (!attribute(SPEC_VERSION).orElseThrow().equals(VERSION)) {
      return Optional.of("its specversion is not " + VERSION);
    }
    return attributes.entrySet().stream()
        .flatMap(attribute -> problem(attribute.getKey(), attribute.getValue()).stream())
        .findFirst();
  }

  private static Optional<String> problem(String name, JsonNode value) {
    if (!NAME.matcher(name).matches() || name.equals("data")) {
      return Optional.of("'" + name + "' is no name of an attribute: small letters and digits");
    }
    boolean simple = value.isTextual() || value.isBoolean() || value.isIntegralNumber();
    boolean valid =
        simple
            && switch (name) {
              case SOURCE -> AttributeForms.isUri(value.asText());
              case SCHEMA ->
                  AttributeForms.isUri(value.asText()) && URI.create(value.asText()).isAbsolute();
              case TIME -> AttributeForms.isTime(value.asText());
              default -> true;
            };
    return valid ? Optional.empty() : Optional.of("its '" + name + "' is not of the right form");
  }

  /** Whether the data is JSON: what says nothing of its type counts as such. */
  public boolean isJson() {
    return attribute(CONTENT_TYPE).map(type -> JSON_TYPE.matcher(type).matches()).orElse(true);
  }
}
