package io.sluice.flows.pattern;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.DocumentReader;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.finding.Findings;
import java.util.List;
import java.util.Optional;

/** Patterns that are given as JSON text, as Alibaba's and AWS's interfaces take them. */
public final class PatternText {
  private static final String KEY = "filterPattern";
  private static final String RULES = "rules";

  private PatternText() {}

  /**
   * A document with its {@code filterPattern}, or those of its rules, as a structure where it is
   * written as JSON text: done before placeholders are replaced, so that these stand within single
   * values.
   */
  public static Node expand(Node document, Findings findings) {
    return document instanceof Mapping mapping
        ? new Mapping(
            mapping.place(),
            mapping.entries().stream().map(entry -> expand(entry, findings)).toList())
        : document;
  }

  private static Entry expand(Entry entry, Findings findings) {
    if (entry.key().equalsIgnoreCase(RULES) && entry.value() instanceof Sequence rules) {
      List<Node> expanded = rules.items().stream().map(rule -> expand(rule, findings)).toList();
      return new Entry(entry.key(), entry.place(), new Sequence(rules.place(), expanded));
    }
    boolean json =
        entry.key().equalsIgnoreCase(KEY)
            && entry.value() instanceof Scalar scalar
            && scalar.text().stripLeading().startsWith("{");
    return json
        ? parse((Scalar) entry.value(), findings)
            .map(pattern -> new Entry(entry.key(), entry.place(), pattern))
            .orElse(entry)
        : entry;
  }

  /** The structure of a pattern; an empty text is an empty structure. */
  static Optional<Mapping> structure(Node pattern, Findings findings) {
    if (pattern instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    if (!(pattern instanceof Scalar text)) {
      return notAPattern(pattern, findings);
    }
    if (text.text().isBlank()) {
      return Optional.of(new Mapping(text.place(), List.of()));
    }
    return parse(text, findings)
        .flatMap(
            node ->
                node instanceof Mapping mapping
                    ? Optional.of(mapping)
                    : notAPattern(node, findings));
  }

  private static Optional<Node> parse(Scalar text, Findings findings) {
    return new DocumentReader(findings).readJson(text.text(), text.place());
  }

  private static Optional<Mapping> notAPattern(Node node, Findings findings) {
    findings.error(
        FlowError.BAD_PATTERN,
        node.place(),
        "an event pattern is a block of keys, but this is " + node.kindInWords(),
        "Write filterPattern: { data: { … } }, or the same as JSON text.");
    return Optional.empty();
  }
}
