package io.sluice.flows.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.event.EventShape;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.transform.Slot.Takes;
import java.util.List;
import java.util.Optional;

/** Reads one {@code {form, value, template, strict}} block, and reports what is wrong with it. */
final class OutputReader {
  static final String VALUE = "value";
  static final String TEMPLATE = "template";
  static final String STRICT = "strict";

  /** Longest value and template, in characters: EventBridge's own limit. */
  static final int LONGEST = 10_240;

  private final Findings findings;
  private final VariablesReader variables;
  private final Slot slot;
  private final Mapping block;

  OutputReader(EventShape shape, Findings findings, Slot slot, Mapping block) {
    this.findings = findings;
    this.variables = new VariablesReader(shape, findings);
    this.slot = slot;
    this.block = block;
  }

  /** The output; empty if something was reported. */
  Optional<Output> read() {
    String form = ((Scalar) block.get("form").orElseThrow()).text();
    for (String key : List.of(VALUE, TEMPLATE)) {
      if (given(key).filter(node -> tooLong(node)).isPresent()) {
        return bad(given(key).get(), "'" + key + "' is longer than " + LONGEST + " characters");
      }
    }
    return switch (form) {
      case "ORIGINAL" -> without(form, VALUE, TEMPLATE, STRICT) ? original() : Optional.empty();
      case "JSONPATH" -> without(form, TEMPLATE) ? path() : Optional.empty();
      case "CONSTANT" -> without(form, TEMPLATE, STRICT) ? constant() : Optional.empty();
      default -> template();
    };
  }

  private Optional<Output> original() {
    return slot.takes() == Takes.ANYTHING
        ? Optional.of(new Outputs.Original())
        : bad(
            block,
            "ORIGINAL is the whole event as JSON, which only a body can be. Leave '"
                + slot.key()
                + "' out to keep it as it is");
  }

  private Optional<Output> path() {
    Optional<Node> value = given(VALUE);
    if (value.isEmpty() || !(value.get() instanceof Scalar path)) {
      return bad(value.orElse(block), "JSONPATH takes a path: value: $.data.body");
    }
    return variables.path(path).map(compiled -> new Outputs.Part(compiled, isStrict()));
  }

  private Optional<Output> constant() {
    Optional<Node> value = block.get(VALUE);
    if (value.isEmpty()) {
      return bad(block, "CONSTANT takes a value");
    }
    if (slot.takes() != Takes.OBJECT) {
      return Optional.of(
          new Outputs.Constant(
              value.get() instanceof Scalar text
                  ? TextNode.valueOf(text.text())
                  : JsonTree.of(value.get())));
    }
    return variables.object(value.get()).map(object -> new Outputs.Constant(JsonTree.of(object)));
  }

  private Optional<Output> template() {
    Optional<Node> template = given(TEMPLATE);
    if (template.isEmpty()) {
      return bad(block, "TEMPLATE takes a template");
    }
    Optional<Variables> defined = variables.read(given(VALUE), isStrict());
    return defined.flatMap(known -> template((Scalar) template.get(), known));
  }

  private Optional<Output> template(Scalar template, Variables known) {
    String text = template.text().strip();
    boolean object = text.startsWith("{");
    if (slot.takes() == Takes.OBJECT && !object) {
      return bad(
          template, "the template of " + slot.key() + " is a JSON object: '{\"name\": \"${x}\"}'");
    }
    try {
      if (object || text.startsWith("[") || text.startsWith("\"")) {
        return Optional.of(new Outputs.JsonText(JsonTemplate.read(text, known), known));
      }
      return plain(template, known);
    } catch (JsonProcessingException e) {
      return object ? bad(template, notJson(e)) : plain(template, known);
    } catch (IllegalArgumentException e) {
      return bad(template, e.getMessage());
    }
  }

  private Optional<Output> plain(Scalar template, Variables known) {
    try {
      return Optional.of(new Outputs.PlainText(TextTemplate.parse(template.text(), known), known));
    } catch (IllegalArgumentException e) {
      return bad(template, e.getMessage());
    }
  }

  private static String notJson(JsonProcessingException e) {
    return "the template begins with '{' and is not JSON"
        + (e.getLocation() == null
            ? ""
            : ": see its line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr());
  }

  private boolean isStrict() {
    return block.get(STRICT).filter(node -> ((Scalar) node).text().equals("true")).isPresent();
  }

  private boolean without(String form, String... keys) {
    for (String key : keys) {
      if (given(key).isPresent()) {
        bad(block.entry(key).orElseThrow().value(), form + " takes no '" + key + "'");
        return false;
      }
    }
    return true;
  }

  /** The value of a key, unless it is empty text, which documents of EventBridge often hold. */
  private Optional<Node> given(String key) {
    return block
        .get(key)
        .filter(node -> !(node instanceof Scalar scalar && scalar.text().isBlank()));
  }

  private static boolean tooLong(Node node) {
    return node instanceof Scalar scalar
        ? scalar.text().length() > LONGEST
        : JsonTree.of(node).toString().length() > LONGEST;
  }

  private Optional<Output> bad(Node node, String message) {
    boolean hidden = node instanceof Scalar scalar && scalar.written().isPresent();
    findings.error(
        FlowError.BAD_TRANSFORM,
        node.place(),
        // What a placeholder stands for must not show (I9).
        hidden
            ? "what '" + ((Scalar) node).shown() + "' stands for is no valid transform"
            : message,
        FlowError.BAD_TRANSFORM.remedy());
    return Optional.empty();
  }
}
