package io.sluice.sdk.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one root of Sluice's errors: what happened, where, and what to do. Retrying does not help
 * unless it is a {@link RetriableException}.
 *
 * <p>Messages and suggestions never hold secrets (I9).
 */
public class SluiceException extends RuntimeException {
  private final ErrorCode code;
  private final Location location;
  private final String suggestion;

  /** An error whose suggestion is the remedy of its code. */
  public SluiceException(ErrorCode code, String message, Location location) {
    this(code, message, location, code.remedy(), null);
  }

  /**
   * @param message one sentence, without code, place or suggestion
   * @param suggestion what to do in this very case
   */
  public SluiceException(
      ErrorCode code,
      String message,
      Location location,
      String suggestion,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code);
    this.location = Objects.requireNonNull(location);
    this.suggestion = Objects.requireNonNull(suggestion);
  }

  /** What kind of error this is. */
  public ErrorCode code() {
    return code;
  }

  /** Where it happened. */
  public Location location() {
    return location;
  }

  /** What to do about it. */
  public String suggestion() {
    return suggestion;
  }

  /** The message without its frame, as in findings and envelopes. */
  public String message() {
    return Objects.requireNonNull(getMessage());
  }

  /** The same error at a place that its thrower could not know. */
  public SluiceException at(Location place) {
    return new SluiceException(code, message(), place, suggestion, getCause());
  }

  @Override
  public String toString() {
    String place = location.toString();
    return (place.isEmpty() ? "" : place + ": ") + getMessage() + " [" + code.id() + "]";
  }
}
