package io.sluice.cli.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.cli.CommandError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One line of a message file: {@code {"key": …, "tag": …, "properties": {…}, "body": …}}. A body
 * that is a string is sent as that text, any other JSON as JSON, {@code "bodyBase64"} as the bytes
 * that it stands for.
 */
final class MessageLine {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final List<String> KEYS =
      List.of("key", "tag", "properties", "body", "bodyBase64");

  private final JsonNode node;
  private final Location.InFile place;

  private MessageLine(JsonNode node, Location.InFile place) {
    this.node = node;
    this.place = place;
  }

  /**
   * Reads a line.
   *
   * @throws SluiceException at the place, if it is not a message
   */
  static OutgoingMessage parse(String text, Location.InFile place) {
    try {
      return new MessageLine(MAPPER.readTree(text), place).message();
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
      throw invalid(
          new Location.InFile(place.file(), place.line(), column),
          "This is not JSON: " + e.getOriginalMessage());
    }
  }

  private OutgoingMessage message() {
    if (!node.isObject()) {
      throw invalid("The line is not a JSON object.");
    }
    TreeSet<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    KEYS.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw invalid(
          "There is no key "
              + unknown.first()
              + " in messages; there are "
              + String.join(", ", KEYS)
              + ".");
    }
    return new OutgoingMessage(text("key"), text("tag"), properties(), body());
  }

  private Optional<String> text(String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(key + " is not a string.");
    }
    return Optional.of(value.textValue()).filter(text -> !text.isEmpty());
  }

  private Map<String, String> properties() {
    JsonNode value = node.path("properties");
    Map<String, String> properties = new LinkedHashMap<>();
    if (value.isMissingNode() || value.isNull()) {
      return properties;
    }
    if (!value.isObject()) {
      throw invalid("properties is not an object.");
    }
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      if (!property.getValue().isValueNode() || property.getValue().isNull()) {
        throw invalid("Property " + property.getKey() + " is not a string.");
      }
      properties.put(property.getKey(), property.getValue().asText());
    }
    return properties;
  }

  private byte[] body() {
    JsonNode plain = node.path("body");
    Optional<String> encoded = text("bodyBase64");
    if (plain.isMissingNode() == encoded.isEmpty()) {
      throw invalid("A message has either a body or a bodyBase64.");
    }
    if (encoded.isEmpty()) {
      String text = plain.isTextual() ? plain.textValue() : plain.toString();
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(encoded.get());
    } catch (IllegalArgumentException e) {
      throw invalid("bodyBase64 is not Base64: " + e.getMessage() + ".");
    }
  }

  private SluiceException invalid(String message) {
    return invalid(place, message);
  }

  private static SluiceException invalid(Location place, String message) {
    return new SluiceException(CommandError.MESSAGE_FILE_INVALID, message, place);
  }
}
