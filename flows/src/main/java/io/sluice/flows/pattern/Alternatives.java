package io.sluice.flows.pattern;

import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Sequence;

/** Counts what a pattern's alternatives amount to, as event-ruler writes each combination out. */
final class Alternatives {
  static final String OR = "$or";

  /** Combinations that a pattern may have. */
  static final long MOST = 256;

  private Alternatives() {}

  /** The number of combinations; above {@link #MOST} some number above it. */
  static long combinations(Node node) {
    long product = 1;
    if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        long factor =
            entry.key().equals(OR) && entry.value() instanceof Sequence branches
                ? branches.items().stream().mapToLong(Alternatives::combinations).sum()
                : combinations(entry.value());
        product = Math.min(product * Math.max(1, factor), MOST + 1);
      }
    }
    return product;
  }
}
