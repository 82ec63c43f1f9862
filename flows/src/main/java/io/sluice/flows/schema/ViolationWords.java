package io.sluice.flows.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.finding.KnownNames;
import io.sluice.sdk.error.Location.InFile;
import java.util.List;
import java.util.Map;

/** Violations of the schema in one document, told in words for people who write flows. */
final class ViolationWords {
  private static final int LONGEST_SHOWN = 60;

  private final SchemaTree tree;
  private final DocumentKind kind;
  private final Mapping root;
  private final Map<NodePath, InFile> withoutValue;
  private final Findings findings;

  ViolationWords(
      SchemaTree tree,
      DocumentKind kind,
      Mapping root,
      Map<NodePath, InFile> withoutValue,
      Findings findings) {
    this.tree = tree;
    this.kind = kind;
    this.root = root;
    this.withoutValue = withoutValue;
    this.findings = findings;
  }

  void report(Error violation, NodePath path) {
    JsonNode schema = tree.at(kind, path);
    Node node = path.in(root).orElse(root);
    switch (violation.getKeyword()) {
      case "additionalProperties" -> unknownKey(violation.getProperty(), path, schema);
      case "required" -> missingKey(violation.getProperty(), path, node, schema);
      case "type" -> wrongType(path, node, schema);
      case "enum", "const" -> unknownValue(violation, path, node, schema);
      case "minimum", "maximum" -> outOfRange(path, node, schema, "minimum", "maximum", "");
      case "exclusiveMinimum", "exclusiveMaximum", "multipleOf" ->
          malformed(FlowError.OUT_OF_RANGE, path, node, schema);
      case "minLength", "maxLength" ->
          outOfRange(path, node, schema, "minLength", "maxLength", " characters");
      case "minItems", "maxItems" ->
          outOfRange(path, node, schema, "minItems", "maxItems", " items");
      case "minProperties" ->
          findings.error(
              FlowError.MISSING_KEY,
              node.place(),
              "'" + path + "' is empty",
              SchemaWords.description(schema));
      default -> malformed(FlowError.MALFORMED_VALUE, path, node, schema);
    }
  }

  private void unknownKey(String key, NodePath path, JsonNode schema) {
    KnownNames known = keysOf(schema);
    List<String> homes = new KeyHomes(tree, kind, root).of(key);
    String suggestion =
        known.closest(key).isPresent() || homes.isEmpty()
            ? known.suggestion(key, "Known keys here")
            : "It is a key of " + String.join(" and ", homes) + "; check its indentation.";
    findings.error(
        FlowError.UNKNOWN_KEY,
        path.then(key).namedIn(root),
        "unknown key '" + key + "' in " + block(path),
        suggestion);
  }

  private static KnownNames keysOf(JsonNode schema) {
    return new KnownNames(
        schema.path("properties").propertyStream().map(Map.Entry::getKey).toList());
  }

  /** Whether a key is missing only because it is misspelt, which is reported as such. */
  private static boolean isMisspelt(String key, Node block, JsonNode schema) {
    KnownNames known = keysOf(schema);
    return block instanceof Mapping mapping
        && mapping.entries().stream()
            .map(Entry::key)
            .filter(given -> !known.contains(given))
            .anyMatch(given -> known.closest(given).filter(key::equals).isPresent());
  }

  private void missingKey(String key, NodePath path, Node block, JsonNode schema) {
    if (isMisspelt(key, block, schema)) {
      return;
    }
    NodePath missing = path.then(key);
    String description = tree.property(schema, key).map(SchemaWords::description).orElse("");
    InFile empty = withoutValue.get(missing);
    findings.error(
        FlowError.MISSING_KEY,
        empty == null ? path.namedIn(root) : empty,
        empty == null ? block(path) + " has no '" + key + "'" : "'" + missing + "' has no value",
        (empty == null ? "Add '" + key + "'. " : "Give it a value. ") + description);
  }

  private void wrongType(NodePath path, Node node, JsonNode schema) {
    findings.error(
        FlowError.WRONG_TYPE,
        node.place(),
        "'%s' must be %s, but %s is %s"
            .formatted(
                path, SchemaWords.typesInWords(schema), shown(node, schema), given(node, schema)),
        TypeAdvice.of(node, schema));
  }

  private static String given(Node node, JsonNode schema) {
    boolean fraction =
        node instanceof Scalar scalar
            && scalar.kind() == Kind.NUMBER
            && SchemaWords.types(schema).contains("integer");
    return fraction ? "not one" : node.kindInWords();
  }

  private void unknownValue(Error violation, NodePath path, Node node, JsonNode schema) {
    List<String> values = SchemaWords.texts(violation.getSchemaNode());
    KnownNames known = new KnownNames(values.isEmpty() ? SchemaWords.values(schema) : values);
    boolean guessable =
        node instanceof Scalar scalar
            && scalar.written().isEmpty()
            && !SchemaWords.isSecret(schema)
            && values.size() > 1;
    findings.error(
        FlowError.UNKNOWN_VALUE,
        node.place(),
        shown(node, schema) + " is not a value of '" + path + "'",
        guessable
            ? known.suggestion(((Scalar) node).text(), "Values")
            : "Values: " + known.list() + ".");
  }

  private void outOfRange(
      NodePath path, Node node, JsonNode schema, String least, String most, String unit) {
    String range = SchemaWords.range(schema, least, most).orElse("different");
    String problem =
        unit.isEmpty()
            ? "'" + path + "' is " + shown(node, schema) + ", but must be " + range
            : "'" + path + "' must have " + range + unit + ", but has " + size(node) + unit;
    findings.error(FlowError.OUT_OF_RANGE, node.place(), problem, SchemaWords.description(schema));
  }

  private static String size(Node node) {
    if (node instanceof Node.Sequence sequence) {
      return Integer.toString(sequence.items().size());
    }
    boolean countable = node instanceof Scalar scalar && scalar.written().isEmpty();
    return countable ? Integer.toString(((Scalar) node).text().length()) : "another number of";
  }

  private void malformed(FlowError code, NodePath path, Node node, JsonNode schema) {
    String description = SchemaWords.description(schema);
    findings.error(
        code,
        node.place(),
        "'" + path + "' cannot be " + shown(node, schema),
        description.isEmpty() ? code.remedy() : description);
  }

  private String block(NodePath path) {
    return path.steps().isEmpty() ? "this " + kind.text() : "'" + path + "'";
  }

  /** A value as it may be shown: never a secret (I9). */
  private static String shown(Node node, JsonNode schema) {
    if (!(node instanceof Scalar scalar) || scalar.isNull() || SchemaWords.isSecret(schema)) {
      return "the value";
    }
    String text = scalar.shown();
    String shortened =
        text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    if (scalar.written().isPresent()) {
      return "what '" + shortened + "' stands for";
    }
    return scalar.kind() == Kind.TEXT ? "'" + shortened + "'" : shortened;
  }
}
