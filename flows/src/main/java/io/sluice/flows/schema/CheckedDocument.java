package io.sluice.flows.schema;

import io.sluice.flows.document.Node.Mapping;

/**
 * A document in the schema's spelling.
 *
 * @param kind what it declares
 * @param root its keys
 * @param sound whether it fits the schema, so that it can be bound
 */
public record CheckedDocument(DocumentKind kind, Mapping root, boolean sound) {}
