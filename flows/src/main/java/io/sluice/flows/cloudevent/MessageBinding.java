package io.sluice.flows.cloudevent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.flows.event.MessageBody;
import io.sluice.sdk.record.Record;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How RocketMQ messages carry CloudEvents, by the RocketMQ transport binding of Apache RocketMQ: in
 * binary mode each attribute is a user property {@code CE_NAME} and the body is the data; in
 * structured mode the body is the whole event as JSON, and {@code CE_contenttype} says so.
 *
 * <p>Messages that came from other bindings are read as well: {@code ce_NAME} and {@code ce-NAME}
 * as in Kafka and HTTP, {@code cloudEvents:NAME} and {@code cloudEvents_NAME} as in AMQP.
 */
public final class MessageBinding {
  private static final String PREFIX = "CE_";
  private static final String CONTENT_TYPE = "contenttype";
  private static final Pattern PROPERTY =
      Pattern.compile("(?i)(?:ce[_-]|cloudevents[:_])(.+)", Pattern.DOTALL);
  private static final Pattern BARE_CONTENT_TYPE = Pattern.compile("(?i)content-?type");
  private static final Pattern STRUCTURED =
      Pattern.compile("(?i)\\s*application/cloudevents([^;\\s]*).*", Pattern.DOTALL);

  private MessageBinding() {}

  /** Whether a property of a message belongs to the event that it carries. */
  public static boolean owns(String property, String value) {
    return PROPERTY.matcher(property).matches()
        || BARE_CONTENT_TYPE.matcher(property).matches() && STRUCTURED.matcher(value).matches();
  }

  /**
   * The event that a message carries, in either mode; empty if it carries none.
   *
   * @throws IllegalArgumentException if it says that it does, saying what is wrong with it
   */
  public static Optional<CloudEvent> read(Record message) {
    Map<String, String> properties = properties(message);
    Optional<String> format =
        Optional.ofNullable(properties.get(CONTENT_TYPE))
            .map(STRUCTURED::matcher)
            .filter(Matcher::matches)
            .map(type -> type.group(1).toLowerCase(Locale.ROOT));
    if (format.isPresent()) {
      return Optional.of(structured(message, format.get()));
    }
    return properties.containsKey(CloudEvent.SPEC_VERSION)
        ? Optional.of(binary(message, properties))
        : body(message).filter(MessageBinding::looksLikeAnEvent).map(JsonFormat::read);
  }

  private static Map<String, String> properties(Record message) {
    Map<String, String> properties = new LinkedHashMap<>();
    message.forEachUserProperty(
        (property, value) -> {
          Matcher prefixed = PROPERTY.matcher(property);
          if (prefixed.matches()) {
            String name = prefixed.group(1).toLowerCase(Locale.ROOT);
            properties.put(isContentType(name) ? CONTENT_TYPE : name, value);
          } else if (BARE_CONTENT_TYPE.matcher(property).matches()) {
            properties.putIfAbsent(CONTENT_TYPE, value);
          }
        });
    return properties;
  }

  private static boolean isContentType(String name) {
    return name.equals(CloudEvent.CONTENT_TYPE) || BARE_CONTENT_TYPE.matcher(name).matches();
  }

  private static CloudEvent structured(Record message, String format) {
    if (!format.isEmpty() && !format.equals("+json")) {
      throw new IllegalArgumentException("its format is application/cloudevents" + format);
    }
    return body(message)
        .map(JsonFormat::read)
        .orElseThrow(() -> new IllegalArgumentException("its body is not a JSON object"));
  }

  private static CloudEvent binary(Record message, Map<String, String> properties) {
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    properties.forEach(
        (name, value) ->
            attributes.put(
                name.equals(CONTENT_TYPE) ? CloudEvent.CONTENT_TYPE : name,
                TextNode.valueOf(value)));
    return new CloudEvent(attributes, MessageBody.bytes(message.body()));
  }

  private static Optional<JsonNode> body(Record message) {
    return MessageBody.text(message.body())
        .flatMap(MessageBody::structure)
        .filter(JsonNode::isObject);
  }

  /** Senders often leave the content type out. */
  private static boolean looksLikeAnEvent(JsonNode body) {
    return body.path(CloudEvent.SPEC_VERSION).asText().equals(CloudEvent.VERSION)
        && body.path(CloudEvent.ID).isTextual()
        && body.path(CloudEvent.SOURCE).isTextual()
        && body.path(CloudEvent.TYPE).isTextual();
  }

  /** User properties of a message that carries an event in binary mode; its body is the data. */
  public static Map<String, String> binaryProperties(CloudEvent event) {
    Map<String, String> properties = new LinkedHashMap<>();
    event
        .attributes()
        .forEach(
            (name, value) ->
                properties.put(
                    PREFIX + (name.equals(CloudEvent.CONTENT_TYPE) ? CONTENT_TYPE : name),
                    value.asText()));
    return properties;
  }

  /** User properties of a message that carries an event in structured mode. */
  public static Map<String, String> structuredProperties() {
    return Map.of(PREFIX + CONTENT_TYPE, JsonFormat.MEDIA_TYPE);
  }

  /**
   * Body of a message that carries an event in structured mode.
   *
   * @throws IllegalArgumentException saying what is wrong with the event
   */
  public static byte[] structuredBody(CloudEvent event) {
    return JsonFormat.write(event).toString().getBytes(StandardCharsets.UTF_8);
  }
}
