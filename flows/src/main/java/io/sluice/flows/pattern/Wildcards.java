package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The form of {@code wildcard}: {@code *} stands for any text, {@code \} takes away a meaning. */
final class Wildcards {
  static final String REMEDY =
      "'*' stands for any text; write '\\*' for a star and '\\\\' for a backslash.";

  private static final Pattern ESCAPED = Pattern.compile("\\\\.");

  private Wildcards() {}

  /** The wildcard of all texts in which a text occurs. */
  static String containing(String text) {
    return "*" + text.replace("\\", "\\\\").replace("*", "\\*") + "*";
  }

  /** How many stars the wildcards among some conditions have. */
  static int stars(JsonNode conditions) {
    int stars = 0;
    for (JsonNode operand : conditions.findValues(Operators.WILDCARD)) {
      for (JsonNode text : operand.isArray() ? operand : List.of(operand)) {
        stars +=
            (int)
                ESCAPED.matcher(text.asText()).replaceAll("").chars().filter(c -> c == '*').count();
      }
    }
    return stars;
  }

  /** What is wrong with a wildcard, if anything is. */
  static Optional<String> problem(String wildcard) {
    for (int index = 0; index < wildcard.length(); index++) {
      char next = index + 1 < wildcard.length() ? wildcard.charAt(index + 1) : ' ';
      if (wildcard.charAt(index) == '\\') {
        if (next != '*' && next != '\\') {
          return Optional.of("'\\' in a wildcard stands before neither '*' nor '\\'");
        }
        index++;
      } else if (wildcard.charAt(index) == '*' && next == '*') {
        return Optional.of("two '*' in a row in a wildcard");
      }
    }
    return Optional.empty();
  }
}
