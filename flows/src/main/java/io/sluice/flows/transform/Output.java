package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.sdk.error.SluiceException;
import java.util.Map;

/** What one part of a record becomes. Immutable and thread-safe. */
interface Output {

  /** How much of the event {@link #of} looks at. */
  Reads reads();

  /**
   * The value for an event. A text node is text as it is, without quotes; a missing one stands for
   * nothing.
   *
   * @param event at least as much of it as {@link #reads} says
   * @throws SluiceException {@code flow.bad-output}, {@code flow.missing-value}, without a place
   */
  JsonNode of(JsonNode event);

  /** What {@link #of} works with: by path or name of a variable, missing if the event has none. */
  Map<String, JsonNode> inputs(JsonNode event);
}
