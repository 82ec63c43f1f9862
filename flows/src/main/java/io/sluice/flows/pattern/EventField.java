package io.sluice.flows.pattern;

import java.util.List;
import java.util.Set;

/**
 * A part of the event that a pattern names.
 *
 * @param path keys from the top of the envelope
 * @param operators names of the operators that look at it
 */
record EventField(List<String> path, Set<String> operators) {
  static final String DATA = "data";
  static final String TOPIC = "topic";
  static final String SYSTEM_PROPERTIES = "systemProperties";
  static final String USER_PROPERTIES = "userProperties";
  static final String BODY = "body";

  EventField {
    path = List.copyOf(path);
    operators = Set.copyOf(operators);
  }

  /** Whether it is a part of {@code data} of this name, or below it. */
  boolean isWithin(String part) {
    return path.size() > 1 && path.get(0).equals(DATA) && path.get(1).equals(part);
  }

  /** The keys below a part of {@code data}, with dots between them; empty for the part itself. */
  String below() {
    return String.join(".", path.subList(2, path.size()));
  }
}
