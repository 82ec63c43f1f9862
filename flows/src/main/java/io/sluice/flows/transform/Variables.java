package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.FlowError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.SluiceException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables of a template: paths into the event, and constants.
 *
 * @param paths by name
 * @param constants by name
 * @param strict whether a path that leads nowhere is an error
 */
record Variables(Map<String, EventPath> paths, Map<String, JsonNode> constants, boolean strict) {
  Variables {
    paths = Map.copyOf(paths);
    constants = Map.copyOf(constants);
  }

  boolean has(String name) {
    return paths.containsKey(name) || constants.containsKey(name);
  }

  /** How much of the event variables of these names look at. */
  Reads reads(Set<String> names) {
    return names.stream()
        .filter(paths::containsKey)
        .map(name -> paths.get(name).reads())
        .reduce(Reads.NOTHING, Reads::and);
  }

  /** The value of a variable; a missing node if it has none. */
  JsonNode value(String name, JsonNode event) {
    EventPath path = paths.get(name);
    if (path == null) {
      return constants.get(name);
    }
    JsonNode value = path.in(event);
    if (strict && value.isMissingNode()) {
      throw missing("variable '" + name + "' of the template");
    }
    return value;
  }

  /** The values of variables by name, missing ones among them, strict or not. */
  Map<String, JsonNode> values(Set<String> names, JsonNode event) {
    Map<String, JsonNode> values = new TreeMap<>();
    for (String name : names) {
      EventPath path = paths.get(name);
      values.put(name, path == null ? constants.get(name) : path.in(event));
    }
    return values;
  }

  static SluiceException missing(String what) {
    return new RefusedRecordException(
        FlowError.MISSING_VALUE, what + " has no value in this record's event", Location.NONE);
  }
}
