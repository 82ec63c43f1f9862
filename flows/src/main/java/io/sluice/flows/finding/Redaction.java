package io.sluice.flows.finding;

import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out of a text what placeholders of one block stand for, and puts the placeholders back
 * (I9). For texts that others made: this module's own never hold such values.
 *
 * <p>A default that stands in the file itself is no secret. A short value is taken out where it
 * stands as a word of its own, as a text that holds it by chance tells nothing of it.
 */
public final class Redaction {
  /** Values with fewer characters are short. */
  private static final int LONG = 8;

  private static final String LETTER_OR_DIGIT = "[\\p{L}\\p{N}]";
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{env:[A-Za-z0-9_]+:-([^}]*)}");

  private final Map<String, String> writtenByValue = new HashMap<>();
  private final Optional<Pattern> values;

  public Redaction(Node block) {
    collect(block);
    this.values =
        writtenByValue.keySet().stream()
            .sorted(Comparator.comparingInt(value -> -value.length()))
            .map(Redaction::expression)
            .collect(
                Collectors.collectingAndThen(
                    Collectors.joining("|"),
                    any -> Optional.of(any).filter(text -> !text.isEmpty()).map(Pattern::compile)));
  }

  private void collect(Node node) {
    if (node instanceof Mapping mapping) {
      mapping.entries().forEach(entry -> collect(entry.value()));
    } else if (node instanceof Sequence sequence) {
      sequence.items().forEach(this::collect);
    } else if (node instanceof Scalar scalar && !scalar.text().isBlank()) {
      scalar
          .written()
          .filter(written -> !withDefaults(written).equals(scalar.text()))
          .ifPresent(written -> writtenByValue.put(scalar.text(), written));
    }
  }

  private static String withDefaults(String written) {
    return DEFAULT.matcher(written).replaceAll(given -> Matcher.quoteReplacement(given.group(1)));
  }

  private static String expression(String value) {
    String itself = Pattern.quote(value);
    return value.length() < LONG
        ? "(?<!" + LETTER_OR_DIGIT + ")" + itself + "(?!" + LETTER_OR_DIGIT + ")"
        : itself;
  }

  public String apply(String text) {
    return values
        .map(
            pattern ->
                pattern
                    .matcher(text)
                    .replaceAll(
                        found -> Matcher.quoteReplacement(writtenByValue.get(found.group()))))
        .orElse(text);
  }
}
