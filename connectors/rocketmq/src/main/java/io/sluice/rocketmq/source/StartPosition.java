package io.sluice.rocketmq.source;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Where a flow begins that has never run: {@code offset} and {@code timestamp} of its source. */
sealed interface StartPosition {

  /** Behind the last message. */
  record Last() implements StartPosition {}

  /** At the first message that is still stored. */
  record First() implements StartPosition {}

  /** At the first message that was stored at or after a time. */
  record At(Instant time) implements StartPosition {}

  /**
   * @throws SluiceException {@link RocketMqError#BAD_TIMESTAMP}
   */
  static StartPosition of(ConsumeOffset offset, Optional<String> timestamp) {
    if (offset != ConsumeOffset.CONSUME_FROM_TIMESTAMP) {
      timestamp.ifPresent(
          text -> {
            throw bad("`timestamp` is given, but `offset` is " + offset);
          });
      return offset == ConsumeOffset.CONSUME_FROM_FIRST_OFFSET ? new First() : new Last();
    }
    return new At(parse(timestamp.orElseThrow(() -> bad("`timestamp` is missing"))));
  }

  private static Instant parse(String text) {
    try {
      return text.chars().allMatch(Character::isDigit)
          ? Instant.ofEpochMilli(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (NumberFormatException | DateTimeParseException unreadable) {
      throw bad("`timestamp: " + text + "` is neither milliseconds nor ISO-8601 with a zone");
    }
  }

  private static SluiceException bad(String message) {
    return new SluiceException(RocketMqError.BAD_TIMESTAMP, message, Location.NONE);
  }
}
