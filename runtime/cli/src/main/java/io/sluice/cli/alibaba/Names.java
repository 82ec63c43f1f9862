package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Names and lists of them, as documents spell them. */
final class Names {
  private static final int LONGEST = 127;

  private Names() {}

  /**
   * A name that a flow file takes.
   *
   * @param also characters that it may have beside letters and digits
   */
  static String of(String text, String also) {
    StringBuilder name = new StringBuilder();
    for (char letter : text.toCharArray()) {
      boolean ascii = letter < 128 && Character.isLetterOrDigit(letter);
      boolean allowed = ascii || !name.isEmpty() && also.indexOf(letter) >= 0;
      if (allowed) {
        name.append(letter);
      } else if (!name.isEmpty()) {
        name.append('-');
      }
    }
    String whole = name.isEmpty() ? "unnamed" : name.toString();
    return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
  }

  /** A list of texts: as such, as JSON text, or one text alone. */
  static List<String> list(JsonNode value) {
    List<String> texts = new ArrayList<>();
    Json.structure(value)
        .ifPresentOrElse(
            list -> list.forEach(item -> texts.add(item.asText())),
            () -> texts.add(value.asText()));
    return texts;
  }
}
