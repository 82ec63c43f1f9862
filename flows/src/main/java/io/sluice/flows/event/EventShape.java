package io.sluice.flows.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.finding.KnownNames;
import io.sluice.sdk.connector.EventForm;
import io.sluice.sdk.connector.SourceDescription;
import java.util.List;
import java.util.Optional;

/**
 * Which parts an event has: by itself, the CloudEvents envelope of a RocketMQ message. Immutable.
 */
public class EventShape {
  /** The envelope of a message. */
  public static final EventShape MESSAGE = new EventShape();

  static final String ID = "id";
  static final String SOURCE = "source";
  static final String SPEC_VERSION = "specversion";
  static final String TYPE = "type";
  public static final String CONTENT_TYPE = "datacontenttype";
  static final String SUBJECT = "subject";
  static final String TIME = "time";

  public static final String DATA = "data";
  public static final String TOPIC = "topic";
  public static final String SYSTEM_PROPERTIES = "systemProperties";
  public static final String USER_PROPERTIES = "userProperties";
  public static final String BODY = "body";

  /** The attributes, in the order in which CloudEvents are usually written. */
  static final List<String> ATTRIBUTES =
      List.of(ID, SOURCE, SPEC_VERSION, TYPE, CONTENT_TYPE, SUBJECT, TIME);

  private static final KnownNames AT_TOP =
      new KnownNames(List.of(ID, SOURCE, SPEC_VERSION, TYPE, CONTENT_TYPE, SUBJECT, TIME, DATA));
  private static final KnownNames IN_DATA =
      new KnownNames(List.of(TOPIC, SYSTEM_PROPERTIES, USER_PROPERTIES, BODY));
  private static final KnownNames OFTEN_USED = new KnownNames(List.of("TAGS", "KEYS", "UNIQ_KEY"));

  EventShape() {}

  /** That of the events of a source. */
  public static EventShape of(SourceDescription source) {
    return source.eventForm() == EventForm.CARRIED ? CarriedShape.INSTANCE : MESSAGE;
  }

  /** Whether an event is the envelope of a message whose body could not be shown in it. */
  public static boolean lacksBody(JsonNode event) {
    JsonNode data = event.path(DATA);
    return data.has(TOPIC)
        && data.has(SYSTEM_PROPERTIES)
        && data.has(USER_PROPERTIES)
        && !data.has(BODY);
  }

  /** What to write in place of a key that events do not have; empty if they may have it. */
  public Optional<String> correction(List<String> path) {
    int depth = path.size();
    String key = path.get(depth - 1);
    KnownNames known = depth == 1 ? AT_TOP : IN_DATA;
    boolean open = depth > 2 || depth == 2 && !path.get(0).equals(DATA);
    if (open || known.contains(key)) {
      return Optional.empty();
    }
    int dot = key.indexOf('.');
    if (dot > 0 && known.contains(key.substring(0, dot))) {
      return Optional.of(
          "Write levels as blocks within each other: "
              + key.replace(".", ": { ")
              + ": […]"
              + " }".repeat((int) key.chars().filter(c -> c == '.').count())
              + ".");
    }
    return Optional.of(
        known.suggestion(key, depth == 1 ? "Parts of an event" : "Parts of an event's data"));
  }

  /** Whether a field has values of its own, or is only a block of further fields. */
  public boolean hasValue(List<String> path) {
    boolean block =
        path.equals(List.of(DATA))
            || path.equals(List.of(DATA, SYSTEM_PROPERTIES))
            || path.equals(List.of(DATA, USER_PROPERTIES));
    return !block;
  }

  /** Whether a field can have parts. */
  public boolean hasParts(List<String> path) {
    boolean attribute = path.size() == 1 && !path.get(0).equals(DATA);
    return !attribute && !path.equals(List.of(DATA, TOPIC));
  }

  /** Whether every value of a field is text, so that a number never matches it. */
  public boolean isText(List<String> path) {
    boolean inBody = path.size() > 2 && path.get(1).equals(BODY);
    return !inBody;
  }

  /** The system property that was probably meant by a name that RocketMQ does not use. */
  public Optional<String> likelySystemProperty(List<String> path) {
    boolean property = path.size() == 3 && path.get(1).equals(SYSTEM_PROPERTIES);
    return property
        ? OFTEN_USED.closest(path.get(2)).filter(name -> !name.equals(path.get(2)))
        : Optional.empty();
  }
}
