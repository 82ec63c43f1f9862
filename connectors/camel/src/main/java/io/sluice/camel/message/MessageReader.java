package io.sluice.camel.message;

import io.sluice.camel.CamelError;
import io.sluice.events.v1.CloudEvent;
import io.sluice.events.v1.CloudEventBatch;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Makes records of messages: one of each, or one of each event in a batch. Immutable. */
public final class MessageReader {
  private final Taking taking;

  /**
   * What of a message becomes part of the record.
   *
   * @param properties names of headers that become user properties; with {@code *} at the end, all
   *     that begin so
   * @param keys name of the header that holds the keys
   * @param tag name of the header that holds the tag
   * @param largestBody in bytes
   */
  public record Taking(List<String> properties, String keys, String tag, int largestBody) {}

  public MessageReader(Taking taking) {
    this.taking = taking;
  }

  /**
   * The records of an exchange.
   *
   * @throws SluiceException {@code camel.bad-message}
   */
  public List<Draft> read(Exchange exchange, Instant now) {
    Message message = exchange.getMessage();
    List<Draft> drafts;
    if (message.getBody() instanceof CloudEventBatch batch) {
      drafts = batch.getEventsList().stream().map(event -> EventReader.read(event, now)).toList();
    } else if (message.getBody() instanceof CloudEvent event) {
      drafts = List.of(EventReader.read(event, now));
    } else {
      checkSize(message.getHeader(Exchange.FILE_LENGTH, 0L, Long.class));
      drafts = List.of(draft(message, now));
    }
    drafts.forEach(draft -> checkSize(draft.body().length));
    return drafts;
  }

  private void checkSize(long bytes) {
    if (bytes > taking.largestBody()) {
      throw bad("the body has " + bytes + " bytes, more than " + taking.largestBody());
    }
  }

  private Draft draft(Message message, Instant now) {
    return new Draft(
        bytes(message),
        text(message, taking.keys()),
        text(message, taking.tag()),
        properties(message),
        now);
  }

  private static byte[] bytes(Message message) {
    if (message.getBody() == null) {
      return new byte[0];
    }
    byte[] bytes;
    try {
      bytes = message.getBody(byte[].class);
    } catch (RuntimeException unreadable) {
      throw bad("the body cannot be read: " + unreadable.getClass().getSimpleName());
    }
    if (bytes == null) {
      throw bad("the body cannot be read as bytes: " + message.getBody().getClass().getName());
    }
    return bytes;
  }

  private Map<String, String> properties(Message message) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String wanted : taking.properties()) {
      names(message, wanted)
          .forEach(
              name -> text(message, name).ifPresent(value -> properties.putIfAbsent(name, value)));
    }
    return properties;
  }

  private static Stream<String> names(Message message, String wanted) {
    if (!wanted.endsWith("*")) {
      return Stream.of(wanted);
    }
    String beginning = wanted.substring(0, wanted.length() - 1);
    return message.getHeaders().keySet().stream()
        .filter(name -> name.regionMatches(true, 0, beginning, 0, beginning.length()))
        .sorted();
  }

  private static Optional<String> text(Message message, String header) {
    Object value = message.getHeader(header);
    if (value instanceof byte[] bytes) {
      return text(bytes);
    }
    boolean plain =
        value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
    return plain && !value.toString().isEmpty() ? Optional.of(value.toString()) : Optional.empty();
  }

  /** Kafka's headers have no type: a text is what reads as one. */
  private static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  private static SluiceException bad(String message) {
    return new SluiceException(CamelError.BAD_MESSAGE, message, Location.NONE);
  }
}
