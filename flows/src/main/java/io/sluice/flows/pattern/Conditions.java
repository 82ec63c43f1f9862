package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.event.EventShape;
import io.sluice.flows.finding.Findings;
import java.util.List;
import java.util.Optional;

/** Reads the items of a field's list, and writes them down in event-ruler's form. */
final class Conditions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final EventShape shape;
  private final Operands operands;
  private final NumericCondition numeric;
  private final AnythingButCondition anythingBut;

  Conditions(EventShape shape, Findings findings) {
    this.shape = shape;
    this.operands = new Operands(findings);
    this.numeric = new NumericCondition(findings);
    this.anythingBut = new AnythingButCondition(shape, operands);
  }

  /**
   * One condition, as one or several of event-ruler's; empty, and reported, if it cannot be
   * understood or never matches.
   */
  List<JsonNode> read(Node item, List<String> path) {
    if (item instanceof Mapping mapping && mapping.entries().size() == 1) {
      Entry entry = mapping.entries().get(0);
      if (entry.key().equals(Operators.NUMERIC)) {
        return numeric(entry, path);
      }
      if (entry.key().equals(Operators.CIDR)) {
        return cidr(entry);
      }
    }
    return single(item, path).stream().toList();
  }

  private Optional<JsonNode> single(Node item, List<String> path) {
    if (item instanceof Scalar scalar) {
      return value(scalar, path);
    }
    if (item instanceof Sequence) {
      return operands.bad(item, "a list within a list", "Keep all values of a field in one list.");
    }
    List<Entry> entries = ((Mapping) item).entries();
    if (entries.size() != 1) {
      return operands.bad(
          item,
          entries.isEmpty() ? "an empty condition" : "a condition with more than one operator",
          "A condition has one operator: { prefix: … }. Several in one list are alternatives;"
              + " { wildcard: \"begin*end\" } asks for both ends.");
    }
    Entry entry = entries.get(0);
    return operator(entry, path);
  }

  private Optional<JsonNode> value(Scalar scalar, List<String> path) {
    if (scalar.kind() == Kind.TEXT) {
      // As event-ruler reads it, a bare text that looks like an IP address is matched as one.
      return Operands.operator(Operators.EXACTLY, NODES.textNode(scalar.text()));
    }
    return shape.isText(path) ? operands.neverText(scalar, path) : Optional.of(JsonTree.of(scalar));
  }

  private Optional<JsonNode> operator(Entry entry, List<String> path) {
    String name = entry.key();
    return switch (name) {
      case Operators.PREFIX, Operators.SUFFIX -> affix(entry);
      case Operators.EXACTLY, Operators.IGNORE_CASE ->
          operands.text(entry).flatMap(text -> Operands.operator(name, NODES.textNode(text)));
      case Operators.CONTAINS -> contains(entry);
      case Operators.WILDCARD ->
          operands.wildcard(entry).flatMap(text -> Operands.operator(name, text));
      case Operators.ANYTHING_BUT -> anythingBut.read(entry, path);
      case Operators.EXISTS ->
          entry.value() instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN
              ? Operands.operator(name, JsonTree.of(scalar))
              : operands.bad(
                  entry.value(), "'exists' takes true or false", "Write { exists: true }.");
      default ->
          operands.badName(
              entry,
              "unknown operator '" + name + "'",
              Operators.ALL.suggestion(name, "Operators"));
    };
  }

  private List<JsonNode> numeric(Entry entry, List<String> path) {
    if (!shape.isText(path)) {
      return numeric.read(entry.value()).stream()
          .flatMap(list -> Operands.operator(Operators.NUMERIC, list).stream())
          .toList();
    }
    operands.bad(
        entry.value(),
        "'" + String.join(".", path) + "' is always text; 'numeric' never matches it",
        "Compare a number within data.body, or match the text.");
    return List.of();
  }

  private Optional<JsonNode> affix(Entry entry) {
    if (!(entry.value() instanceof Mapping)) {
      return operands
          .text(entry)
          .flatMap(text -> Operands.operator(entry.key(), NODES.textNode(text)));
    }
    List<Entry> inner = ((Mapping) entry.value()).entries();
    if (inner.size() != 1 || !inner.get(0).key().equals(Operators.IGNORE_CASE)) {
      return operands.bad(
          entry.value(),
          "'" + entry.key() + "' takes a text, or { equals-ignore-case: TEXT }",
          "Write { " + entry.key() + ": \"…\" }.");
    }
    return operands
        .text(inner.get(0))
        .flatMap(text -> Operands.operator(Operators.IGNORE_CASE, NODES.textNode(text)))
        .flatMap(ignoreCase -> Operands.operator(entry.key(), ignoreCase));
  }

  private Optional<JsonNode> contains(Entry entry) {
    return operands
        .text(entry)
        .flatMap(
            text ->
                text.isEmpty()
                    ? operands.bad(
                        entry.value(), "'contains' takes a text that is not empty", "Remove it.")
                    : Operands.operator(
                        Operators.WILDCARD, NODES.textNode(Wildcards.containing(text))));
  }

  private List<JsonNode> cidr(Entry entry) {
    Optional<String> block = operands.text(entry);
    List<String> prefixes = block.map(Addresses::prefixes).orElse(List.of());
    if (block.isPresent() && prefixes.isEmpty()) {
      operands.bad(
          entry.value(),
          "'cidr' takes a block of addresses",
          "Write an address, '/' and the number of leading bits: 10.0.0.0/24.");
    }
    return prefixes.stream()
        .flatMap(prefix -> Operands.operator(Operators.PREFIX, NODES.textNode(prefix)).stream())
        .toList();
  }
}
