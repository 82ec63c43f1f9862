package io.sluice.flows.document;

import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.sdk.error.Location.InFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way down into a document: keys, and indexes of lists from 0.
 *
 * @param steps {@link String}s and {@link Integer}s
 */
public record NodePath(List<Object> steps) {
  /** The document itself. */
  public static final NodePath ROOT = new NodePath(List.of());

  public NodePath {
    steps = List.copyOf(steps);
  }

  /** A way by keys alone. */
  public static NodePath of(String... keys) {
    return new NodePath(List.of((Object[]) keys));
  }

  /** One step further: a key or an index. */
  public NodePath then(Object step) {
    List<Object> longer = new ArrayList<>(steps);
    longer.add(step);
    return new NodePath(longer);
  }

  /** The value there, if the document has it. */
  public Optional<Node> in(Node root) {
    Optional<Node> node = Optional.of(root);
    for (Object step : steps) {
      node = node.flatMap(parent -> child(parent, step));
    }
    return node;
  }

  /**
   * Where the value is named: the place of its key, or of the value itself when it is an item or
   * the document. When the document does not have it, the nearest place above.
   */
  public InFile namedIn(Node root) {
    Node node = root;
    InFile place = root.place();
    for (Object step : steps) {
      Optional<Node> child = child(node, step);
      if (child.isEmpty()) {
        return place;
      }
      place = keyPlace(node, step).orElse(child.get().place());
      node = child.get();
    }
    return place;
  }

  private static Optional<Node> child(Node parent, Object step) {
    if (parent instanceof Mapping mapping) {
      return mapping.get(step.toString());
    }
    return parent instanceof Sequence sequence
            && step instanceof Integer index
            && index < sequence.items().size()
        ? Optional.of(sequence.items().get(index))
        : Optional.empty();
  }

  private static Optional<InFile> keyPlace(Node parent, Object step) {
    return parent instanceof Mapping mapping
        ? mapping.entry(step.toString()).map(Entry::place)
        : Optional.empty();
  }

  /** As messages say it: {@code topics[2].name}. */
  @Override
  public String toString() {
    StringBuilder words = new StringBuilder();
    for (Object step : steps) {
      if (step instanceof Integer) {
        words.append('[').append(step).append(']');
      } else {
        words.append(words.isEmpty() ? "" : ".").append(step);
      }
    }
    return words.toString();
  }
}
