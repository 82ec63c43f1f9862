package io.sluice.flows.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.finding.KnownNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks documents against the schema: the first of the two stages. Every violation becomes a
 * finding at its place. For one thread.
 */
public final class DocumentCheck {
  private final SchemaTree tree;
  private final Map<DocumentKind, Schema> validators;
  private final ConnectorBlocks connectorBlocks;
  private final Findings findings;

  DocumentCheck(SchemaTree tree, Map<DocumentKind, Schema> validators, Findings findings) {
    this.tree = tree;
    this.validators = validators;
    this.connectorBlocks = new ConnectorBlocks(tree, findings);
    this.findings = findings;
  }

  /** The document in the schema's spelling; empty if it is not even clear what it declares. */
  public Optional<CheckedDocument> check(Node document) {
    if (!(document instanceof Mapping mapping)) {
      findings.error(
          FlowError.NOT_A_DOCUMENT,
          document.place(),
          "a document must be a block of keys, but this one is " + document.kindInWords());
      return Optional.empty();
    }
    return kindOf(mapping).map(kind -> check(mapping, kind));
  }

  private Optional<DocumentKind> kindOf(Mapping document) {
    String choices = "Kinds: " + new KnownNames(DocumentKind.texts()).list() + ".";
    Optional<Entry> entry =
        document.entries().stream().filter(e -> e.key().equalsIgnoreCase("kind")).findFirst();
    if (entry.isEmpty()) {
      findings.error(
          FlowError.MISSING_KEY, document.place(), "this document has no 'kind'", choices);
      return Optional.empty();
    }
    if (!(entry.get().value() instanceof Scalar text) || text.isNull()) {
      findings.error(
          FlowError.MISSING_KEY, entry.get().place(), "'kind' has no value of its own", choices);
      return Optional.empty();
    }
    Optional<DocumentKind> kind = DocumentKind.of(text.text());
    if (kind.isEmpty()) {
      findings.error(
          FlowError.UNKNOWN_KIND,
          text.place(),
          "unknown kind '" + text.shown() + "'",
          text.written().isPresent()
              ? choices
              : new KnownNames(DocumentKind.texts()).suggestion(text.text(), "Kinds"));
    }
    return kind;
  }

  private CheckedDocument check(Mapping document, DocumentKind kind) {
    int before = findings.errors();
    Canonicalizer canonicalizer = new Canonicalizer(tree, findings);
    Mapping root = canonicalizer.canonical(document, kind);
    connectorBlocks.check(kind, root);
    ViolationWords words =
        new ViolationWords(tree, kind, root, canonicalizer.withoutValue(), findings);
    List<Error> violations = validators.get(kind).validate(JsonTree.of(root));
    Set<NodePath> wronglyTyped = new HashSet<>();
    for (Error violation : violations) {
      if (violation.getKeyword().equals("type")) {
        wronglyTyped.add(path(violation));
      }
    }
    for (Error violation : violations) {
      NodePath path = path(violation);
      boolean follows =
          !violation.getKeyword().equals("type") && wronglyTyped.contains(path)
              || unresolved(path.in(root));
      if (!follows && !ConnectorBlocks.owns(violation.getKeyword(), path, kind)) {
        words.report(violation, path);
      }
    }
    return new CheckedDocument(kind, root, findings.errors() == before);
  }

  /** Whether a value has a placeholder that could not be replaced, which is reported already. */
  private boolean unresolved(Optional<Node> node) {
    return node.filter(Scalar.class::isInstance)
        .filter(scalar -> findings.hasErrorAt(scalar.place()))
        .isPresent();
  }

  private static NodePath path(Error violation) {
    List<Object> steps = new ArrayList<>();
    for (int index = 0; index < violation.getInstanceLocation().getNameCount(); index++) {
      steps.add(violation.getInstanceLocation().getElement(index));
    }
    return new NodePath(steps);
  }
}
