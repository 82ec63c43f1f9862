package io.sluice.flows.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.connector.Connector;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * The schema of flow files, with the blocks of the given connectors. Immutable.
 *
 * <p>A property with {@code "writeOnly": true} is a secret: no finding shows its value (I9).
 */
public final class FlowSchema {
  private final SchemaTree tree;
  private final Map<DocumentKind, Schema> validators = new EnumMap<>(DocumentKind.class);

  public FlowSchema(Collection<? extends Connector> connectors) {
    this.tree = new SchemaTree(connectors);
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    for (DocumentKind kind : DocumentKind.values()) {
      validators.put(kind, registry.getSchema(tree.standalone(kind)));
    }
  }

  /** The whole schema as JSON text (JSON Schema 2020-12), for editors. Ends with a line break. */
  public String json() {
    try {
      return new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(tree.whole())
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The reference of all keys as Markdown, made from the schema. */
  public String reference() {
    return new ReferenceWriter(tree).write();
  }

  /** A check of documents that reports to the given findings. */
  public DocumentCheck check(Findings findings) {
    return new DocumentCheck(tree, validators, findings);
  }

  /**
   * A block of a sound document as JSON, with all defaults filled in.
   *
   * @param path which block of the document: one that the document has
   */
  public ObjectNode filled(CheckedDocument document, NodePath path) {
    Mapping block = (Mapping) path.in(document.root()).orElseThrow();
    ObjectNode json = (ObjectNode) JsonTree.of(block);
    new Defaults(tree).fill(json, tree.at(document.kind(), path));
    return json;
  }

  /** An item of a broker's {@code topics} as an object, with all defaults filled in. */
  public ObjectNode topic(JsonNode item) {
    ObjectNode topic =
        item instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode().set("name", item);
    new Defaults(tree).fill(topic, tree.at(DocumentKind.BROKER, NodePath.of("topics").then(0)));
    return topic;
  }
}
