package io.sluice.http.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.sluice.sdk.event.Event;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes events of requests, as Alibaba EventBridge's HTTP events are: {@code headers}, {@code
 * path}, {@code body}, {@code httpMethod} and {@code queryString} as data.
 */
public final class RequestEvents {
  /** Topic that the records show. */
  public static final String TOPIC = "http";

  /** {@code type} of the events. */
  public static final String TYPE = "eventbridge:Events:HTTPEvent";

  /** What tells who the caller is, and may be used by whoever reads it. */
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private static final Pattern JSON_TYPE =
      Pattern.compile("(?i)[^;]*[/+]json\\s*(;.*)?", Pattern.DOTALL);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Keeps 300.0 as it is written.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final String source;

  /**
   * @param source what the events have as {@code source}
   */
  public RequestEvents(String source) {
    this.source = source;
  }

  /** The event of a request. */
  Event of(HttpRequest request, byte[] body, Instant now) {
    QueryStringDecoder address = new QueryStringDecoder(request.uri());
    ObjectNode data = MAPPER.createObjectNode();
    data.set("headers", headers(request.headers()));
    data.put("path", address.path());
    body(data, request.headers().get(HttpHeaderNames.CONTENT_TYPE, ""), body);
    data.put("httpMethod", request.method().name());
    ObjectNode query = data.putObject("queryString");
    address.parameters().forEach((name, values) -> query.set(name, oneOrAll(values)));
    return Event.builder(source, TYPE).time(now).json(data.toString()).build();
  }

  private static ObjectNode headers(HttpHeaders headers) {
    ObjectNode node = MAPPER.createObjectNode();
    for (String name : headers.names()) {
      if (!CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
        node.put(name, String.join(", ", headers.getAll(name)));
      }
    }
    return node;
  }

  private static JsonNode oneOrAll(List<String> values) {
    if (values.size() == 1) {
      return TextNode.valueOf(values.get(0));
    }
    ArrayNode all = MAPPER.createArrayNode();
    values.forEach(all::add);
    return all;
  }

  /** JSON where the request says so, or says nothing; else text, and bytes where it is none. */
  private static void body(ObjectNode data, String contentType, byte[] body) {
    Optional<String> text = text(body);
    if (text.isEmpty()) {
      data.put("bodyBase64", body);
      return;
    }
    boolean json = contentType.isEmpty() || JSON_TYPE.matcher(contentType).matches();
    Optional<JsonNode> value = json ? text.flatMap(RequestEvents::json) : Optional.empty();
    data.set("body", value.orElseGet(() -> TextNode.valueOf(text.get())));
  }

  private static Optional<String> text(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> json(String text) {
    try {
      JsonNode value = MAPPER.readTree(text);
      return value == null || value.isMissingNode() ? Optional.empty() : Optional.of(value);
    } catch (JsonProcessingException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
