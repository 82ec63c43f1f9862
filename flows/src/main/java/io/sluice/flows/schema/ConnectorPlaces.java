package io.sluice.flows.schema;

import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.document.NodePath;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The keys of documents below which a connector is named. */
final class ConnectorPlaces {
  private static final NodePath SOURCE = NodePath.of(SchemaTree.SOURCE);
  private static final NodePath SINK = NodePath.of(SchemaTree.SINK);
  private static final NodePath DEAD_LETTERS =
      NodePath.of(SchemaTree.RUN_OPTIONS, SchemaTree.DEAD_LETTER_QUEUE);

  /** By kind of document; of lists, every item. */
  private static final Map<DocumentKind, List<NodePath>> KEYS =
      Map.of(
          DocumentKind.EVENT_FLOW,
          List.of(SOURCE, SINK, DEAD_LETTERS),
          DocumentKind.EVENT_BUS,
          List.of(
              NodePath.of("sources", SchemaTree.SOURCE),
              NodePath.of("rules", "targets", SchemaTree.SINK),
              NodePath.of(
                  "rules", "targets", SchemaTree.RUN_OPTIONS, SchemaTree.DEAD_LETTER_QUEUE)));

  private ConnectorPlaces() {}

  /** Whether a block names a connector. */
  static boolean contains(DocumentKind kind, NodePath path) {
    NodePath keys =
        new NodePath(path.steps().stream().filter(step -> !(step instanceof Integer)).toList());
    return KEYS.getOrDefault(kind, List.of()).contains(keys);
  }

  /** Where a document has such blocks. */
  static List<NodePath> in(DocumentKind kind, Mapping root) {
    return KEYS.getOrDefault(kind, List.of()).stream()
        .flatMap(
            keys -> {
              Stream<NodePath> paths = Stream.of(NodePath.ROOT);
              for (Object key : keys.steps()) {
                paths = paths.flatMap(path -> below(path.then(key), root));
              }
              return paths;
            })
        .toList();
  }

  /** The place itself, or those of the items if a list stands there; none if nothing does. */
  private static Stream<NodePath> below(NodePath path, Mapping root) {
    Node node = path.in(root).orElse(null);
    if (node instanceof Sequence list) {
      return IntStream.range(0, list.items().size()).mapToObj(path::then);
    }
    return node == null ? Stream.of() : Stream.of(path);
  }
}
