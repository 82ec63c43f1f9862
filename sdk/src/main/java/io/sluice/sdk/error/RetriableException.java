package io.sluice.sdk.error;

import org.jspecify.annotations.Nullable;

/** An error that may pass by itself: the same call can succeed later without anybody's help. */
public class RetriableException extends SluiceException {

  /** An error whose suggestion is the remedy of its code. */
  public RetriableException(ErrorCode code, String message, Location location) {
    super(code, message, location);
  }

  /**
   * See {@link SluiceException#SluiceException(ErrorCode, String, Location, String, Throwable)}.
   */
  public RetriableException(
      ErrorCode code,
      String message,
      Location location,
      String suggestion,
      @Nullable Throwable cause) {
    super(code, message, location, suggestion, cause);
  }

  @Override
  public RetriableException at(Location place) {
    return new RetriableException(code(), message(), place, suggestion(), getCause());
  }
}
