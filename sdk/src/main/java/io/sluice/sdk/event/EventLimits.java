package io.sluice.sdk.event;

import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How many events a call puts, how large they are and what attributes they have: the numbers of
 * Alibaba EventBridge's PutEvents, and CloudEvents 1.0.
 */
public final class EventLimits {
  /** Events of one call. */
  public static final int CALL_EVENTS = 16;

  /** Bytes of all events of one call. */
  public static final long CALL_BYTES = 1 << 20;

  /** Bytes of one event, its attributes included. */
  public static final long EVENT_BYTES = 256 << 10;

  private static final Map<String, Integer> LENGTHS =
      Map.of(Event.ID, 128, Event.SOURCE, 128, Event.SUBJECT, 512, Event.TYPE, 64);
  private static final List<String> REQUIRED =
      List.of(Event.ID, Event.SOURCE, Event.SPEC_VERSION, Event.TYPE);
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  private EventLimits() {}

  /** What keeps an event from being put, if anything does. */
  public static Optional<SluiceException> problem(Event event) {
    if (event.size() > EVENT_BYTES) {
      return Optional.of(
          error(
              EventError.TOO_LARGE,
              "the event has " + event.size() + " bytes, more than " + EVENT_BYTES));
    }
    return REQUIRED.stream()
        .filter(name -> event.attribute(name).orElse("").isEmpty())
        .map(name -> "it has no '" + name + "'")
        .findFirst()
        .or(
            () ->
                event.attributes().entrySet().stream()
                    .flatMap(entry -> fault(entry.getKey(), entry.getValue()).stream())
                    .findFirst())
        .map(fault -> error(EventError.INVALID, "the event is not valid: " + fault));
  }

  private static Optional<String> fault(String name, String value) {
    if (!NAME.matcher(name).matches() || name.equals("data")) {
      return Optional.of("'" + name + "' is no name of an attribute: small letters and digits");
    }
    int longest = LENGTHS.getOrDefault(name, Integer.MAX_VALUE);
    if (value.length() > longest) {
      return Optional.of("its '" + name + "' has more than " + longest + " characters");
    }
    boolean formed =
        switch (name) {
          case Event.SPEC_VERSION -> value.equals("1.0");
          case Event.SOURCE -> AttributeForms.isUri(value);
          case Event.TIME -> AttributeForms.isTime(value);
          default -> value.chars().noneMatch(Character::isISOControl);
        };
    return formed ? Optional.empty() : Optional.of("its '" + name + "' is not of the right form");
  }

  /**
   * Looks at a call as a whole.
   *
   * @throws SluiceException {@code event.bad-call}
   */
  static void checkCall(List<Event> events) {
    if (events.isEmpty() || events.size() > CALL_EVENTS) {
      throw error(
          EventError.BAD_CALL,
          "the call has " + events.size() + " events, not 1 to " + CALL_EVENTS);
    }
    long bytes = events.stream().mapToLong(Event::size).filter(size -> size <= EVENT_BYTES).sum();
    if (bytes > CALL_BYTES) {
      throw error(EventError.BAD_CALL, "the call has " + bytes + " bytes, more than " + CALL_BYTES);
    }
  }

  private static SluiceException error(EventError code, String message) {
    return new SluiceException(code, message, Location.NONE);
  }
}
