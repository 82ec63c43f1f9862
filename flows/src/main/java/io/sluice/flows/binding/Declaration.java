package io.sluice.flows.binding;

import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.flows.schema.DocumentKind;
import java.util.Optional;

/** A name that a document takes, whether the document can be bound or not. */
public record Declaration(DocumentKind kind, Mention name) {

  /** The declaration that a document makes, if it has a name. */
  public static Optional<Declaration> of(CheckedDocument document) {
    return document
        .root()
        .get("name")
        .filter(Scalar.class::isInstance)
        .map(name -> new Declaration(document.kind(), Mention.of((Scalar) name)));
  }

  /** Whether it is something that flows read or write. */
  public boolean isInstance() {
    return kind == DocumentKind.INSTANCE || kind == DocumentKind.BROKER;
  }
}
