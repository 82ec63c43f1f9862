package io.sluice.cli.message;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;

/**
 * Where a tail begins, in the words of the connector's flow files.
 *
 * @param keys keys of the source's block
 */
public record TailStart(Map<String, Object> keys) {
  public TailStart {
    keys = Map.copyOf(keys);
  }

  /**
   * Reads {@code first}, {@code last}, or a time in ISO 8601 or in milliseconds since the epoch.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static TailStart parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "first" -> new TailStart(Map.of("offset", "CONSUME_FROM_FIRST_OFFSET"));
      case "last" -> new TailStart(Map.of("offset", "CONSUME_FROM_LAST_OFFSET"));
      default ->
          new TailStart(
              Map.of("offset", "CONSUME_FROM_TIMESTAMP", "timestamp", String.valueOf(time(text))));
    };
  }

  /**
   * Reads a time in ISO 8601 or in milliseconds since the epoch.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Instant time(String text) {
    try {
      return text.matches("\\d{1,15}")
          ? Instant.ofEpochMilli(Long.parseLong(text))
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither first, last nor a time such as 2026-11-01T00:00:00Z", e);
    }
  }
}
