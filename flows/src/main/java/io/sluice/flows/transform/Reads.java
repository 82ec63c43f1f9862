package io.sluice.flows.transform;

/** How much of an event something looks at; the later, the more. */
enum Reads {
  NOTHING,
  ALL_BUT_BODY,
  EVERYTHING;

  Reads and(Reads other) {
    return compareTo(other) < 0 ? other : this;
  }
}
