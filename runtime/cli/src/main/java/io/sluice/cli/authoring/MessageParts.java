package io.sluice.cli.authoring;

import io.sluice.flows.event.MessageBody;
import io.sluice.sdk.record.Record;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The parts of a message that flows may make, by name. */
final class MessageParts {
  /** Begins the names of user properties. */
  static final String PROPERTY = "properties.";

  private static final String SHARDING_KEY = "__SHARDINGKEY";

  private MessageParts() {}

  /** A part, as text. */
  record Part(String name, String value) {}

  /** Those that a record has. */
  static List<Part> of(Record record, UnaryOperator<String> redaction) {
    List<Part> parts = new ArrayList<>();
    add(parts, "tags", record.tag());
    add(parts, "keys", record.keys());
    add(parts, "shardingKey", record.systemProperty(SHARDING_KEY));
    record.forEachUserProperty((name, value) -> parts.add(new Part(PROPERTY + name, value)));
    Optional<String> text = MessageBody.text(record.body());
    add(parts, "body", text);
    if (text.isEmpty()) {
      byte[] body = MessageBody.bytes(record.body());
      parts.add(new Part("bodyBase64", Base64.getEncoder().encodeToString(body)));
    }
    return parts.stream()
        .map(part -> new Part(part.name(), redaction.apply(part.value())))
        .toList();
  }

  private static void add(List<Part> parts, String name, Optional<String> value) {
    value.ifPresent(text -> parts.add(new Part(name, text)));
  }
}
