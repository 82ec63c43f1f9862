package io.sluice.flows.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a message's body says, as text and as JSON. */
public final class MessageBody {
  /** Deeper JSON counts as text. */
  private static final int DEEPEST = 200;

  private static final ObjectReader JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Keeps 300.0 and long ids as they are written.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private MessageBody() {}

  /** The bytes of a body. */
  public static byte[] bytes(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return bytes;
  }

  /** The body as text; empty if it is not UTF-8. */
  public static Optional<String> text(ByteBuffer body) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(body.duplicate()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The text as a JSON object or array; empty if it is neither, or holds absurd numbers. */
  public static Optional<JsonNode> structure(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[") ? value(text) : Optional.empty();
  }

  /** The text as any one JSON value; empty if it is none, or holds absurd numbers. */
  public static Optional<JsonNode> value(String text) {
    try {
      JsonNode value = JSON.readTree(text);
      return value == null || value.isMissingNode() ? Optional.empty() : Optional.of(value);
    } catch (JsonProcessingException | NumberFormatException e) {
      // Jackson lets the latter through for numbers that BigDecimal cannot hold.
      return Optional.empty();
    }
  }
}
