package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.DocumentReader;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.event.EventShape;
import io.sluice.flows.finding.Findings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what templates take their values from. Every problem is reported. */
final class VariablesReader {
  private final EventShape shape;
  private final Findings findings;

  VariablesReader(EventShape shape, Findings findings) {
    this.shape = shape;
    this.findings = findings;
  }

  /**
   * The variables of a template: a block, or JSON text as EventBridge takes it.
   *
   * @param value empty if the template has no variables
   */
  Optional<Variables> read(Optional<Node> value, boolean strict) {
    if (value.isEmpty()) {
      return Optional.of(new Variables(Map.of(), Map.of(), strict));
    }
    return object(value.get()).flatMap(block -> read(block, strict));
  }

  private Optional<Variables> read(Mapping block, boolean strict) {
    Map<String, EventPath> paths = new HashMap<>();
    Map<String, JsonNode> constants = new HashMap<>();
    int before = findings.errors();
    for (Entry entry : block.entries()) {
      if (!(entry.value() instanceof Scalar scalar)) {
        bad(
            entry.value(),
            "variable '" + entry.key() + "' is " + entry.value().kindInWords(),
            "A variable is a JSONPath or a constant.");
      } else if (EventPath.isPath(scalar.text())) {
        path(scalar).ifPresent(path -> paths.put(entry.key(), path));
      } else {
        constants.put(entry.key(), JsonTree.of(scalar));
      }
    }
    return findings.errors() > before
        ? Optional.empty()
        : Optional.of(new Variables(paths, constants, strict));
  }

  /** A JSONPath. */
  Optional<EventPath> path(Scalar text) {
    try {
      return Optional.of(EventPath.compile(text.text(), shape));
    } catch (IllegalArgumentException e) {
      boolean hidden = text.written().isPresent();
      return bad(
          text,
          "'"
              + text.shown()
              + "' is not a JSONPath into events"
              + (hidden ? "" : ": " + e.getMessage()),
          "Write a path such as $.data.body.amount or $.data.userProperties['name'].");
    }
  }

  /** An object: a block, or JSON text. */
  Optional<Mapping> object(Node node) {
    if (node instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    Findings inside = new Findings();
    Optional<Mapping> object =
        node instanceof Scalar text
            ? new DocumentReader(inside)
                .readJson(text.text(), text.place())
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
            : Optional.empty();
    return object.isPresent()
        ? object
        : bad(
            node,
            "this is neither a block of keys nor a JSON object",
            "Write value: { name: $.data.body.name }, or the same as JSON text.");
  }

  private <T> Optional<T> bad(Node node, String message, String suggestion) {
    findings.error(FlowError.BAD_TRANSFORM, node.place(), message, suggestion);
    return Optional.empty();
  }
}
