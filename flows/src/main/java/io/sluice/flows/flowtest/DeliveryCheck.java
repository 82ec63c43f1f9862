package io.sluice.flows.flowtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.event.MessageBody;
import io.sluice.flows.finding.Redaction;
import io.sluice.sdk.record.Record;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Holds what a sink is given against what a test expects of it. */
final class DeliveryCheck {
  private static final String BODY = "body";

  private final Redaction redaction;

  DeliveryCheck(Redaction redaction) {
    this.redaction = redaction;
  }

  /** Everything that differs, in the order of the test. */
  List<Difference> check(Mapping expected, String topic, Record actual) {
    return expected.entries().stream()
        .flatMap(entry -> check(entry, topic, actual).stream())
        .map(this::redacted)
        .toList();
  }

  private List<Difference> check(Entry expected, String topic, Record actual) {
    return switch (expected.key()) {
      case "topic" -> text(expected, topic);
      case "tags" -> text(expected, actual.tag().orElse(""));
      case "keys" -> text(expected, actual.keys().orElse(""));
      case "shardingKey" -> text(expected, actual.systemProperty("__SHARDINGKEY").orElse(""));
      case "properties" -> StructureCheck.texts(expected.key(), expected.value(), of(actual));
      case "bodyBase64" ->
          text(expected, Base64.getEncoder().encodeToString(MessageBody.bytes(actual.body())));
      case BODY ->
          expected.value() instanceof Scalar scalar && scalar.kind() == Scalar.Kind.TEXT
              ? text(expected, bodyText(actual))
              : StructureCheck.whole(BODY, expected.value(), bodyJson(actual));
      default -> StructureCheck.part(BODY, expected.value(), bodyJson(actual));
    };
  }

  private static List<Difference> text(Entry expected, String actual) {
    Scalar scalar = (Scalar) expected.value();
    return scalar.text().equals(actual)
        ? List.of()
        : List.of(
            new Difference(
                expected.key(), given(scalar.shown()), given(actual), expected.value().place()));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(given -> !given.isEmpty());
  }

  private static ObjectNode of(Record actual) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    actual.forEachUserProperty(properties::put);
    return properties;
  }

  private static String bodyText(Record actual) {
    return MessageBody.text(actual.body())
        .orElseGet(
            () -> "Base64 " + Base64.getEncoder().encodeToString(MessageBody.bytes(actual.body())));
  }

  /** The body as JSON, or as a text if it is none. */
  private static JsonNode bodyJson(Record actual) {
    return MessageBody.text(actual.body())
        .flatMap(MessageBody::value)
        .orElseGet(() -> JsonNodeFactory.instance.textNode(bodyText(actual)));
  }

  private Difference redacted(Difference difference) {
    return new Difference(
        difference.what(),
        difference.expected().map(redaction::apply),
        difference.actual().map(redaction::apply),
        difference.place());
  }
}
