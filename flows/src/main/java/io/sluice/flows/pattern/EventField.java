package io.sluice.flows.pattern;

import io.sluice.flows.event.EventShape;
import java.util.List;

/**
 * A part of the event that a pattern names.
 *
 * @param path keys from the top of the envelope
 */
record EventField(List<String> path) {

  EventField {
    path = List.copyOf(path);
  }

  /** Whether it is a part of {@code data} of this name, or below it. */
  boolean isWithin(String part) {
    return path.size() > 1 && path.get(0).equals(EventShape.DATA) && path.get(1).equals(part);
  }

  /** The keys below a part of {@code data}, with dots between them; empty for the part itself. */
  String below() {
    return String.join(".", path.subList(2, path.size()));
  }
}
