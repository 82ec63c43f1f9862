package io.sluice.flows.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.document.Scalars;
import java.util.List;
import java.util.regex.Pattern;

/** What to do about a value of the wrong type. */
final class TypeAdvice {
  private TypeAdvice() {}

  static String of(Node node, JsonNode schema) {
    List<String> types = SchemaWords.types(schema);
    if (types.equals(List.of("array"))) {
      return "Write it as a list, each item on a line of its own after '- '.";
    }
    if (types.equals(List.of("object")) && !(node instanceof Mapping)) {
      return "Write its keys below it, each on a line of its own and indented.";
    }
    if (node instanceof Sequence && types.equals(List.of("string"))) {
      return "Give one value in place of the list.";
    }
    if (node instanceof Scalar scalar && scalar.written().isEmpty()) {
      if (scalar.kind() == Kind.TEXT && wouldFitWithoutQuotes(scalar, types)) {
        return "Remove the quotes.";
      }
      if (types.equals(List.of("boolean"))) {
        return "Write true or false, without quotes.";
      }
      if (scalar.kind() != Kind.TEXT && wouldFitInQuotes(scalar, types, schema)) {
        return "Put it in quotes.";
      }
    }
    List<String> values = SchemaWords.values(schema);
    return values.isEmpty()
        ? SchemaWords.description(schema)
        : "Values: " + String.join(", ", values) + ".";
  }

  private static boolean wouldFitWithoutQuotes(Scalar scalar, List<String> types) {
    return types.contains("integer") && Scalars.isInteger(scalar.text())
        || types.contains("number") && Scalars.isNumber(scalar.text())
        || types.contains("boolean") && Scalars.kindOf(scalar.text()) == Kind.BOOLEAN;
  }

  private static boolean wouldFitInQuotes(Scalar scalar, List<String> types, JsonNode schema) {
    List<String> values = SchemaWords.values(schema);
    Pattern pattern = Pattern.compile(schema.path("pattern").asText(""));
    return types.contains("string")
        && (values.isEmpty() || values.contains(scalar.text()))
        && pattern.matcher(scalar.text()).find();
  }
}
