package io.sluice.flows.event;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads the single values of records that authors write down. Every problem is reported. */
final class EventValues {
  private final Findings findings;

  EventValues(Findings findings) {
    this.findings = findings;
  }

  /** A value, unless it is null. */
  static Optional<Node> given(Mapping block, String key) {
    return block.get(key).filter(node -> !(node instanceof Scalar scalar && scalar.isNull()));
  }

  /** A value as text; numbers and booleans count. */
  Optional<String> text(Mapping block, String key) {
    Optional<Node> value = given(block, key);
    if (value.isPresent() && !(value.get() instanceof Scalar)) {
      bad(value.get(), "'" + key + "' is " + value.get().kindInWords(), "It is text.");
      return Optional.empty();
    }
    return value.map(node -> ((Scalar) node).text());
  }

  /** Each property of a block of texts. */
  void properties(Mapping block, String key, BiConsumer<String, String> property) {
    Optional<Node> given = given(block, key);
    if (given.isPresent() && !(given.get() instanceof Mapping)) {
      bad(given.get(), "'" + key + "' is " + given.get().kindInWords(), "Write { name: value }.");
      return;
    }
    given.stream()
        .flatMap(properties -> ((Mapping) properties).entries().stream())
        .forEach(
            entry -> {
              if (entry.value() instanceof Scalar scalar && !scalar.isNull()) {
                property.accept(entry.key(), scalar.text());
              } else {
                bad(
                    entry.value(),
                    "property '" + entry.key() + "' is " + entry.value().kindInWords(),
                    "Properties are text.");
              }
            });
  }

  /** A body: text as it is, anything else as JSON. */
  static byte[] bytes(Node body) {
    String text =
        body instanceof Scalar scalar && scalar.kind() == Kind.TEXT
            ? scalar.text()
            : JsonTree.of(body).toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A body that is written as Base64. */
  Optional<byte[]> base64(Mapping block, String key) {
    Optional<String> text = text(block, key);
    try {
      return text.map(Base64.getDecoder()::decode);
    } catch (IllegalArgumentException e) {
      bad(
          block.get(key).orElseThrow(),
          "'" + key + "' is not Base64",
          "Write the body as text if it is text.");
      return Optional.empty();
    }
  }

  /** A value that is a whole number. */
  Optional<Integer> number(Mapping block, String key) {
    Optional<String> text = text(block, key);
    try {
      return text.map(Integer::valueOf);
    } catch (NumberFormatException e) {
      bad(block.get(key).orElseThrow(), "'" + key + "' is no whole number", "Leave it out for 0.");
      return Optional.empty();
    }
  }

  /** A value that is a time of ISO-8601. */
  Optional<OffsetDateTime> time(Mapping block, String key) {
    Optional<String> text = text(block, key);
    try {
      return text.map(OffsetDateTime::parse);
    } catch (DateTimeException e) {
      bad(
          block.get(key).orElseThrow(),
          "'" + key + "' is not a time of ISO-8601 with zone",
          "Write such as 2026-11-01T08:00:00Z.");
      return Optional.empty();
    }
  }

  void bad(Node node, String message, String suggestion) {
    findings.error(FlowError.BAD_EVENT, node.place(), message, suggestion);
  }
}
