package io.sluice.flows.cloudevent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.flows.event.MessageBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The JSON event format of CloudEvents 1.0: attributes and data in one object. */
public final class JsonFormat {
  static final String MEDIA_TYPE = "application/cloudevents+json";

  private static final String DATA = "data";
  private static final String BASE64 = "data_base64";

  private JsonFormat() {}

  /**
   * The event of an object. It may still be {@link CloudEvent#problem invalid}.
   *
   * @throws IllegalArgumentException saying what is wrong with the data
   */
  public static CloudEvent read(JsonNode object) {
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            member -> {
              boolean data = member.getKey().equals(DATA) || member.getKey().equals(BASE64);
              if (!data && !member.getValue().isNull()) {
                attributes.put(member.getKey(), member.getValue());
              }
            });
    CloudEvent bare = new CloudEvent(attributes, new byte[0]);
    return new CloudEvent(attributes, data(object, bare.isJson()));
  }

  private static byte[] data(JsonNode object, boolean json) {
    JsonNode encoded = object.path(BASE64);
    if (encoded.isTextual()) {
      return Base64.getDecoder().decode(encoded.textValue());
    }
    JsonNode data = object.path(DATA);
    if (data.isMissingNode() || data.isNull()) {
      return new byte[0];
    }
    String text = data.isTextual() && !json ? data.textValue() : data.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the data
   */
  static ObjectNode write(CloudEvent event) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    event.attributes().forEach(object::set);
    if (event.data().length > 0) {
      Optional<String> text = MessageBody.text(ByteBuffer.wrap(event.data()));
      Optional<JsonNode> value =
          event.isJson() ? text.flatMap(MessageBody::value) : text.map(TextNode::valueOf);
      boolean saysJson = event.isJson() && event.attributes().containsKey(CloudEvent.CONTENT_TYPE);
      if (value.isEmpty() && saysJson) {
        throw new IllegalArgumentException("its data is not JSON, as its datacontenttype says");
      }
      value.ifPresentOrElse(
          data -> object.set(DATA, data),
          () -> object.put(BASE64, Base64.getEncoder().encodeToString(event.data())));
    }
    return object;
  }
}
