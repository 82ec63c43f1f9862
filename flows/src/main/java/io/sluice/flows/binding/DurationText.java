package io.sluice.flows.binding;

import java.time.Duration;

/** Durations as flow files write them: a whole number and the unit s, m, h or d. */
final class DurationText {
  private DurationText() {}

  /**
   * @param text of the form that the schema asks for
   */
  static Duration parse(String text) {
    long amount = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(amount);
      case 'm' -> Duration.ofMinutes(amount);
      case 'h' -> Duration.ofHours(amount);
      case 'd' -> Duration.ofDays(amount);
      default -> throw new IllegalArgumentException("not a duration");
    };
  }
}
