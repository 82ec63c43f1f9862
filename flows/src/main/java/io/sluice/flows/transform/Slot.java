package io.sluice.flows.transform;

import io.sluice.sdk.record.RecordPart;

/**
 * What an output is for.
 *
 * @param key its key in the block around it
 * @param takes what it may be
 */
record Slot(String key, Takes takes) {

  /** What an output may be. */
  enum Takes {
    /** Text, JSON, or the whole event. */
    ANYTHING,
    /** Text or JSON. */
    TEXT,
    /** A JSON object. */
    OBJECT
  }

  /** A part of a record. */
  static Slot of(RecordPart part) {
    return new Slot(
        part.key(),
        switch (part) {
          case BODY -> Takes.ANYTHING;
          case PROPERTIES -> Takes.OBJECT;
          case KEYS, TAGS, SHARDING_KEY, TOPIC -> Takes.TEXT;
        });
  }
}
