package io.sluice.flows.finding;

import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes out of a text what placeholders of one block stand for, and puts the placeholders back
 * (I9). For texts that others made: this module's own never hold such values.
 */
public final class Redaction {
  private final Map<String, String> writtenByValue = new LinkedHashMap<>();

  public Redaction(Node block) {
    collect(block);
  }

  private void collect(Node node) {
    if (node instanceof Mapping mapping) {
      mapping.entries().forEach(entry -> collect(entry.value()));
    } else if (node instanceof Sequence sequence) {
      sequence.items().forEach(this::collect);
    } else if (node instanceof Scalar scalar && !scalar.text().isBlank()) {
      scalar.written().ifPresent(written -> writtenByValue.put(scalar.text(), written));
    }
  }

  public String apply(String text) {
    return writtenByValue.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
        .reduce(
            text,
            (redacted, entry) -> redacted.replace(entry.getKey(), entry.getValue()),
            (first, second) -> second);
  }
}
