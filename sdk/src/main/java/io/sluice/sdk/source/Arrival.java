package io.sluice.sdk.source;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.util.List;

/** Something that was brought to a source and waits until its records are done. Immutable. */
public interface Arrival {

  /** How many records it holds, at least 1. */
  int count();

  /** Memory held, roughly, in bytes. */
  long bytes();

  /** Its records, from a position on. */
  List<DetachedRecord> records(String topic, Position first);
}
