package io.sluice.cli.alibaba;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.CommandError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;

/** JSON as the API's documents hold it: structures, and structures within texts. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /**
   * A whole file.
   *
   * @throws SluiceException if it is not JSON
   */
  static JsonNode read(String file, String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      Location place =
          e.getLocation() == null
              ? new Location.Named(file)
              : new Location.InFile(
                  file,
                  Math.max(1, e.getLocation().getLineNr()),
                  Math.max(1, e.getLocation().getColumnNr()));
      throw new SluiceException(
          CommandError.IMPORT_INVALID, "This is not JSON: " + e.getOriginalMessage(), place);
    }
  }

  /** An object or a list: as it is, or out of a text. */
  static Optional<JsonNode> structure(JsonNode value) {
    if (!value.isTextual()) {
      return Optional.of(value).filter(JsonNode::isContainerNode);
    }
    try {
      return Optional.of(MAPPER.readTree(value.textValue())).filter(JsonNode::isContainerNode);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static JsonNode nothing() {
    return JsonNodeFactory.instance.missingNode();
  }
}
