package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A whole number of a document that is a key of flows, too, with the limits that it has there.
 *
 * @param field its name in documents
 * @param key its name in flows
 */
record NumberOption(String field, String key, long least, long most) {

  /** Brings the number, if there is one, from a document into a block of a flow. */
  void move(Fields document, ObjectNode block, Losses losses) {
    document
        .text(field)
        .flatMap(text -> number(text, document.path(field), losses))
        .ifPresent(number -> block.put(key, number));
  }

  private Optional<Long> number(String text, String path, Losses losses) {
    BigDecimal given;
    try {
      given = new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      losses.add(path, "'" + text + "' is no number and is left out");
      return Optional.empty();
    }
    BigDecimal allowed =
        given
            .max(BigDecimal.valueOf(least))
            .min(BigDecimal.valueOf(most))
            .setScale(0, RoundingMode.HALF_UP);
    if (allowed.compareTo(given) != 0) {
      losses.add(
          path, text + " is not allowed here; " + allowed + ", the nearest, is in its place");
    }
    return Optional.of(allowed.longValueExact());
  }
}
