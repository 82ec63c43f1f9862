package io.sluice.flows.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.document.Scalars;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.error.Location.InFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings one document into the schema's spelling: keys and listed values match without regard to
 * case, keys without a value count as not given, and a text that placeholders made becomes the
 * number or boolean that the schema wants. A constant is the text that it stands for. What the
 * schema does not know stays as it is.
 */
final class Canonicalizer {
  private static final String FORM = "form";

  private final SchemaTree tree;
  private final Findings findings;
  private final Map<NodePath, InFile> withoutValue = new HashMap<>();

  Canonicalizer(SchemaTree tree, Findings findings) {
    this.tree = tree;
    this.findings = findings;
  }

  Mapping canonical(Mapping document, DocumentKind kind) {
    return (Mapping) canonical(document, tree.kind(kind), NodePath.ROOT);
  }

  /** Keys that stand there without a value, with their places. */
  Map<NodePath, InFile> withoutValue() {
    return Map.copyOf(withoutValue);
  }

  private Node canonical(Node node, JsonNode unresolved, NodePath path) {
    JsonNode schema = tree.resolve(unresolved);
    if (node instanceof Mapping mapping && constant(mapping, schema).isPresent()) {
      return canonical(constant(mapping, schema).get(), schema, path);
    }
    if (node instanceof Mapping mapping && schema.has("properties")) {
      return mapping(mapping, schema, path);
    }
    if (node instanceof Sequence sequence && schema.has("items")) {
      List<Node> items = new ArrayList<>();
      for (int index = 0; index < sequence.items().size(); index++) {
        items.add(canonical(sequence.items().get(index), schema.path("items"), path.then(index)));
      }
      return new Sequence(sequence.place(), items);
    }
    return node instanceof Scalar scalar ? scalar(scalar, schema) : node;
  }

  /** The text that {@code {form: CONSTANT, value: …}} stands for, where the schema takes one. */
  private static Optional<Scalar> constant(Mapping mapping, JsonNode schema) {
    boolean takesText =
        SchemaWords.types(schema).contains("string") && schema.path("properties").has(FORM);
    boolean constant =
        mapping.entries().size() == 2
            && text(mapping, FORM)
                .filter(form -> form.text().equalsIgnoreCase("CONSTANT"))
                .isPresent();
    return takesText && constant ? text(mapping, "value") : Optional.empty();
  }

  private static Optional<Scalar> text(Mapping mapping, String key) {
    return mapping.entries().stream()
        .filter(entry -> entry.key().equalsIgnoreCase(key))
        .map(Entry::value)
        .filter(Scalar.class::isInstance)
        .map(Scalar.class::cast)
        .findFirst();
  }

  private Mapping mapping(Mapping mapping, JsonNode schema, NodePath path) {
    Map<String, Entry> first = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      Optional<String> known = knownKey(schema, entry.key());
      if (known.isEmpty()) {
        entries.add(entry);
        continue;
      }
      String key = known.get();
      Entry before = first.putIfAbsent(key, entry);
      if (before != null) {
        findings.error(
            FlowError.DUPLICATE_KEY,
            entry.place(),
            "'"
                + entry.key()
                + "' is the same key as '"
                + before.key()
                + "' in line "
                + before.place().line()
                + ": keys are matched without regard to case",
            "Remove one of the two.");
      } else if (entry.value() instanceof Scalar scalar && scalar.isNull()) {
        withoutValue.put(path.then(key), entry.place());
      } else {
        Node value = canonical(entry.value(), schema.path("properties").path(key), path.then(key));
        entries.add(new Entry(key, entry.place(), value));
      }
    }
    return new Mapping(mapping.place(), entries);
  }

  private static Optional<String> knownKey(JsonNode schema, String key) {
    JsonNode properties = schema.path("properties");
    return properties.has(key)
        ? Optional.of(key)
        : properties
            .propertyStream()
            .map(Map.Entry::getKey)
            .filter(key::equalsIgnoreCase)
            .findFirst();
  }

  private static Scalar scalar(Scalar scalar, JsonNode schema) {
    if (scalar.kind() != Kind.TEXT) {
      return scalar;
    }
    String text =
        SchemaWords.values(schema).stream()
            .filter(value -> value.equalsIgnoreCase(scalar.text()))
            .findFirst()
            .orElse(scalar.text());
    Kind kind = scalar.written().isPresent() ? wanted(text, schema) : Kind.TEXT;
    return new Scalar(scalar.place(), kind, text, scalar.written());
  }

  private static Kind wanted(String text, JsonNode schema) {
    List<String> types = SchemaWords.types(schema);
    if (types.contains("integer") && Scalars.isInteger(text)
        || types.contains("number") && Scalars.isNumber(text)) {
      return Kind.NUMBER;
    }
    return types.contains("boolean") && Scalars.kindOf(text) == Kind.BOOLEAN
        ? Kind.BOOLEAN
        : Kind.TEXT;
  }
}
