package io.sluice.flows.binding;

import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.finding.Redaction;
import io.sluice.sdk.error.Location.InFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A name at the place where a file says it.
 *
 * @param value the name
 * @param shown what messages call it: never what a placeholder stands for (I9)
 */
public record Mention(String value, InFile place, String shown) {

  static Mention of(Scalar scalar) {
    return new Mention(scalar.text(), scalar.place(), scalar.shown());
  }

  /**
   * Where a connector's block says a value that its description names: preferably under a key, else
   * anywhere, else the block as a whole.
   */
  static Mention find(Entry block, String key, String value) {
    Optional<Node> preferred =
        block.value() instanceof Mapping mapping ? mapping.get(key) : Optional.empty();
    return Stream.concat(preferred.stream(), scalars(block.value()))
        .filter(node -> node instanceof Scalar scalar && scalar.text().equals(value))
        .findFirst()
        .map(node -> of((Scalar) node))
        .orElseGet(
            () -> new Mention(value, block.place(), new Redaction(block.value()).apply(value)));
  }

  private static Stream<Node> scalars(Node node) {
    if (node instanceof Mapping mapping) {
      return mapping.entries().stream().flatMap(entry -> scalars(entry.value()));
    }
    List<Node> items = node instanceof Sequence sequence ? sequence.items() : List.of();
    return node instanceof Scalar ? Stream.of(node) : items.stream().flatMap(Mention::scalars);
  }
}
