package io.sluice.sdk.connector;

/** What patterns and transforms see as the event of a record. */
public enum EventForm {
  /** The envelope of a message, with the record's parts in {@code data}. */
  MESSAGE,
  /**
   * The CloudEvent that the record carries, with all of its attributes and its own data; the
   * envelope of a message for a record that carries none.
   */
  CARRIED
}
