package io.sluice.flows.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.document.NodePath;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.record.RecordPart;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The whole schema as a tree: one definition per kind of document, and one per connector and
 * direction, with the connectors' fragments as they gave them.
 */
final class SchemaTree {
  static final String SOURCE = "source";
  static final String SINK = "sink";
  static final String RUN_OPTIONS = "runOptions";
  static final String DEAD_LETTER_QUEUE = "deadLetterQueue";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFINITIONS = "$defs";
  private static final String REFERENCE = "$ref";
  private static final String PROPERTIES = "properties";
  private static final String RECORD_PART = "recordPart";
  private static final String TRANSFORM = "transform";
  private static final String FLOW_TEST = "flowTest";
  private static final String BUS_TEST = "busTest";

  /** References to these, from other definitions of this module, are not to their own parts. */
  private static final Set<String> SHARED =
      Set.of(
          reference(RECORD_PART), reference(TRANSFORM), reference(FLOW_TEST), reference(BUS_TEST));

  /** Where the keys of flows and their tests stand, which buses have as well. */
  private static final List<String> OF_FLOWS =
      List.of(reference(DocumentKind.EVENT_FLOW.text()) + "/", reference(FLOW_TEST) + "/");

  private final ObjectNode root = JSON.createObjectNode();
  private final ObjectNode definitions = JSON.createObjectNode();
  private final List<Connector> connectors;

  SchemaTree(Collection<? extends Connector> connectors) {
    this.connectors =
        connectors.stream()
            .<Connector>map(connector -> connector)
            .sorted(Comparator.comparing(Connector::name))
            .toList();
    describeTop();
    define(RECORD_PART, resource("record-part.json"));
    define(TRANSFORM, transform());
    define(FLOW_TEST, resource("flow-test.json"));
    define(BUS_TEST, resource("bus-test.json"));
    for (DocumentKind kind : DocumentKind.values()) {
      define(kind.text(), resource(kind.resource()));
    }
    for (Connector connector : this.connectors) {
      connector
          .source()
          .ifPresent(type -> addConnector(NodePath.of(SOURCE), connector, type.schema()));
      connector.sink().ifPresent(type -> addSink(connector, type));
    }
    root.set(DEFINITIONS, definitions);
  }

  private void describeTop() {
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Sluice flow file");
    root.put("description", "One document of a flow file.");
    root.put("type", "object");
    root.putArray("required").add("kind");
    ObjectNode kind = root.putObject(PROPERTIES).putObject("kind");
    kind.put("description", "What this document declares.");
    ArrayNode kinds = kind.putArray("enum");
    ArrayNode cases = root.putArray("allOf");
    for (String text : DocumentKind.texts()) {
      kinds.add(text);
      ObjectNode choice = cases.addObject();
      ObjectNode condition = choice.putObject("if");
      condition.putObject(PROPERTIES).putObject("kind").put("const", text);
      condition.putArray("required").add("kind");
      choice.putObject("then").put(REFERENCE, reference(text));
    }
  }

  private void addSink(Connector connector, SinkType<?> type) {
    addConnector(NodePath.of(RUN_OPTIONS, DEAD_LETTER_QUEUE), connector, type.schema());
    addConnector(NodePath.of(SINK), connector, type.schema());
    addParts((ObjectNode) definitions.path(SINK + "." + connector.name()), type.parts());
  }

  private static ObjectNode transform() {
    ObjectNode transform = resource("transform.json");
    addParts(transform, RecordPart.OF_MESSAGES);
    return transform;
  }

  private static void addParts(ObjectNode block, Set<RecordPart> parts) {
    for (RecordPart part : RecordPart.values()) {
      if (part == RecordPart.TOPIC && parts.contains(part)) {
        addForms((ObjectNode) block.path(PROPERTIES).path(part.key()));
      } else if (parts.contains(part)) {
        block
            .withObject("/" + PROPERTIES)
            .putObject(part.key())
            .put(REFERENCE, reference(RECORD_PART))
            .put("description", description(part));
      }
    }
  }

  /** Lets a text be made of the record, too. */
  private static void addForms(ObjectNode text) {
    ObjectNode forms = resource("record-part.json");
    forms.remove("type");
    text.putArray("type").add("string").add("object");
    text.put(
        "description", text.path("description").asText() + " " + description(RecordPart.TOPIC));
    text.setAll(forms);
  }

  private static String description(RecordPart part) {
    return switch (part) {
      case BODY -> "What the body becomes. As it is, byte for byte, if left out.";
      case KEYS -> "What the keys become, separated by spaces. As they are if left out.";
      case TAGS -> "What the tag becomes. As it is if left out.";
      case PROPERTIES ->
          "What the user properties become, all together: a JSON object. As they are if left out.";
      case SHARDING_KEY ->
          "What the sharding key becomes, the message group of ordered messages. As it is if left"
              + " out. Queues stay as they are.";
      case TOPIC -> "Or a block of `form` and `value` that makes the topic of each record.";
    };
  }

  private void addConnector(NodePath place, Connector connector, String schema) {
    String name = place + "." + connector.name();
    try {
      ObjectNode fragment = (ObjectNode) JSON.readTree(schema);
      fragment.putIfAbsent("description", JSON.getNodeFactory().textNode(connector.summary()));
      define(name, fragment);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("schema of " + name + " is not JSON", e);
    }
    JsonNode block = kind(DocumentKind.EVENT_FLOW);
    for (Object step : place.steps()) {
      block = block.path(PROPERTIES).path(step.toString());
    }
    ((ObjectNode) block.path(PROPERTIES))
        .putObject(connector.name())
        .put(REFERENCE, reference(name))
        .put("description", connector.summary());
  }

  /** Adds a definition; its references to itself are made to lead to its new place. */
  private void define(String name, ObjectNode definition) {
    for (JsonNode holder : definition.findParents(REFERENCE)) {
      String target = holder.path(REFERENCE).asText();
      if (target.startsWith("#") && !SHARED.contains(target) && !isOfFlows(target)) {
        ((ObjectNode) holder).put(REFERENCE, reference(name) + target.substring(1));
      }
    }
    definitions.set(name, definition);
  }

  /** Whether a reference is to a key of flows or their tests, whatever refers to it. */
  static boolean isOfFlows(String target) {
    return OF_FLOWS.stream().anyMatch(target::startsWith);
  }

  private static ObjectNode resource(String name) {
    try {
      return (ObjectNode) JSON.readTree(SchemaResource.text(name));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reference(String name) {
    return "#/" + DEFINITIONS + "/" + name;
  }

  /** By name. */
  List<Connector> connectors() {
    return connectors;
  }

  /** The whole schema: of any document. */
  ObjectNode whole() {
    return root;
  }

  /** The schema of one kind of document, to be resolved within {@link #whole}. */
  ObjectNode kind(DocumentKind kind) {
    return (ObjectNode) definitions.path(kind.text());
  }

  /** A schema that stands alone and speaks of one kind of document. */
  ObjectNode standalone(DocumentKind kind) {
    ObjectNode schema = JSON.createObjectNode();
    schema.set("$schema", root.path("$schema"));
    schema.put(REFERENCE, reference(kind.text()));
    schema.set(DEFINITIONS, definitions);
    return schema;
  }

  /** A schema with its reference followed; what stands beside the reference wins. */
  JsonNode resolve(JsonNode schema) {
    String target = schema.path(REFERENCE).asText("");
    if (target.isEmpty()) {
      return schema;
    }
    JsonNode found = resolve(root.at(target.substring(1)));
    if (!found.isObject()) {
      return schema;
    }
    ObjectNode merged = found.deepCopy();
    schema.properties().stream()
        .filter(property -> !property.getKey().equals(REFERENCE))
        .forEach(property -> merged.set(property.getKey(), property.getValue()));
    return merged;
  }

  /** The schema of a key, if it has one of its own. */
  Optional<JsonNode> property(JsonNode schema, String key) {
    return Optional.ofNullable(resolve(schema).path(PROPERTIES).get(key)).map(this::resolve);
  }

  /** The schema of a value in a document; an empty one if there is none. */
  JsonNode at(DocumentKind kind, NodePath path) {
    JsonNode schema = kind(kind);
    for (Object step : path.steps()) {
      schema =
          step instanceof Integer
              ? resolve(resolve(schema).path("items"))
              : property(schema, step.toString()).orElse(JSON.createObjectNode());
    }
    return schema;
  }
}
