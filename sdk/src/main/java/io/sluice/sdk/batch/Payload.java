package io.sluice.sdk.batch;

import io.sluice.sdk.record.RecordCursor;

/**
 * The records of a batch in the form in which their connector keeps them: raw chunks, or objects.
 * Immutable.
 *
 * <p>A sink that knows the concrete class may take the bytes as they are; every other reader uses
 * the {@link #cursor}.
 */
public interface Payload {

  /** Records held, selected or not. */
  int count();

  /** Memory held, in bytes: what counts against the in-flight limit. */
  long bytes();

  /** A new cursor before the first record. */
  RecordCursor cursor();
}
