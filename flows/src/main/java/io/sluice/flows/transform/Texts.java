package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;

/** Values of events as text. */
final class Texts {
  private Texts() {}

  /** A text as it is, nothing for what is missing or null, JSON for everything else. */
  static String of(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }

  /** The text with the characters that mean something in HTML as entities. */
  static String htmlEscaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int index = 0; index < text.length(); index++) {
      char letter = text.charAt(index);
      switch (letter) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(letter);
      }
    }
    return escaped.toString();
  }
}
