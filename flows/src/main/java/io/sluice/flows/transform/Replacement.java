package io.sluice.flows.transform;

import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;

/** Records that take the place of others. */
final class Replacement {
  private Replacement() {}

  /** A record with a body, and without properties, in the place of another. */
  static DetachedRecord.Builder of(byte[] body, Record replaced) {
    return of(replaced.topic(), body, replaced);
  }

  /** The same, on its way to another topic. */
  static DetachedRecord.Builder of(String topic, byte[] body, Record replaced) {
    return DetachedRecord.builder(topic, replaced.position())
        .flag(replaced.flag())
        .bornAt(replaced.bornAt())
        .storedAt(replaced.storedAt())
        .body(body);
  }
}
