package io.sluice.flows.transform;

import io.sluice.flows.transform.TransformChain.Input;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.util.List;
import java.util.function.Function;

/** Makes a record in place of another. Immutable and thread-safe. */
interface Transform extends Function<Record, DetachedRecord> {

  /** What it takes out of a record's event. */
  List<Input> inputs(Record record);
}
