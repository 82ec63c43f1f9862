package io.sluice.sdk.record;

/**
 * A record view that moves over the records of a payload. Starts before the first; for one thread.
 */
public interface RecordCursor extends Record {

  /**
   * Moves to the next record; the view then shows it. Answers false, and stays, after the last one.
   */
  boolean advance();

  /** Index of the shown record in the payload, from 0; -1 before the first. */
  int index();
}
