package io.sluice.sdk.error;

import org.jspecify.annotations.Nullable;

/**
 * An error that lies in a record: a target will never take it, or a rule can make nothing of it,
 * while others may pass. A flow that tolerates errors goes on without the record; every other error
 * that is not {@link RetriableException retriable} stops it.
 *
 * <p>A sink that was given several records may blame the first one that it did not store without
 * being sure. It is asked again for that record alone before the record is given up.
 */
public class RefusedRecordException extends SluiceException {

  /** An error whose suggestion is the remedy of its code. */
  public RefusedRecordException(ErrorCode code, String message, Location location) {
    super(code, message, location);
  }

  /**
   * See {@link SluiceException#SluiceException(ErrorCode, String, Location, String, Throwable)}.
   */
  public RefusedRecordException(
      ErrorCode code,
      String message,
      Location location,
      String suggestion,
      @Nullable Throwable cause) {
    super(code, message, location, suggestion, cause);
  }

  @Override
  public RefusedRecordException at(Location place) {
    return new RefusedRecordException(code(), message(), place, suggestion(), getCause());
  }
}
