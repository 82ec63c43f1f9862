package io.sluice.flows;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.Location;

/**
 * One thing that is wrong, or looks wrong, in a flow file. Holds no value that came from the
 * environment or from a secret's key (I9).
 *
 * @param severity whether the file can be used all the same
 * @param code what kind of thing it is
 * @param message what is wrong, one sentence without place or code
 * @param location where it stands
 * @param suggestion what to do about it, one or two sentences
 */
public record Finding(
    Severity severity,
    ErrorCode code,
    String message,
    Location.InFile location,
    String suggestion) {

  /** Whether a finding stands in the way. */
  public enum Severity {
    /** What it speaks of is not loaded. */
    ERROR,
    /** Loaded, but hardly what was meant. */
    WARNING
  }

  /** {@code file:line:column: message [code]}. */
  @Override
  public String toString() {
    return location + ": " + message + " [" + code.id() + "]";
  }
}
