package io.sluice.generator;

import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with functions, written {@code #{…}} because {@code ${…}} is taken by interpolation:
 *
 * <ul>
 *   <li>{@code #{sequence}}: number of the record, from 0, over all partitions
 *   <li>{@code #{partition}}: number of its partition, from 0
 *   <li>{@code #{int:LOW:HIGH}}: a random integer, both ends included
 *   <li>{@code #{choice:a|b|c}}: one of these texts, at random
 *   <li>{@code #{time}}: when the record was made, ISO-8601 in UTC, to the millisecond
 * </ul>
 *
 * {@code ##{} stands for {@code #{} itself. Immutable.
 */
final class Template {
  private static final String OPEN = "#{";

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** What a text is made for. */
  record Subject(long sequence, int partition, Instant time) {}

  @FunctionalInterface
  private interface Part {
    void write(Subject subject, Chance chance, StringBuilder text);
  }

  /**
   * Reads a template.
   *
   * @throws SluiceException {@code generator.bad-template}
   */
  static Template parse(String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      int open = text.indexOf(OPEN, at);
      if (open < 0) {
        parts.add(literal(text.substring(at)));
        return new Template(parts);
      }
      if (open > at && text.charAt(open - 1) == '#') {
        parts.add(literal(text.substring(at, open - 1) + OPEN));
        at = open + OPEN.length();
        continue;
      }
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw bad(text.substring(open), "has no closing brace");
      }
      parts.add(literal(text.substring(at, open)));
      parts.add(function(text.substring(open, close + 1)));
      at = close + 1;
    }
  }

  private static Part literal(String literal) {
    return (subject, chance, text) -> text.append(literal);
  }

  private static Part function(String call) {
    String inside = call.substring(OPEN.length(), call.length() - 1);
    int colon = inside.indexOf(':');
    String name = colon < 0 ? inside : inside.substring(0, colon);
    if (colon < 0) {
      switch (name) {
        case "sequence":
          return (subject, chance, text) -> text.append(subject.sequence());
        case "partition":
          return (subject, chance, text) -> text.append(subject.partition());
        case "time":
          return (subject, chance, text) ->
              text.append(subject.time().truncatedTo(ChronoUnit.MILLIS));
        default:
          throw bad(call, "is no function, or lacks its arguments");
      }
    }
    String arguments = inside.substring(colon + 1);
    return switch (name) {
      case "int" -> integer(call, arguments);
      case "choice" -> choice(arguments);
      default -> throw bad(call, "is no function with arguments");
    };
  }

  private static Part integer(String call, String arguments) {
    String[] ends = arguments.split(":", -1);
    try {
      if (ends.length == 2) {
        long low = Long.parseLong(ends[0].trim());
        long high = Long.parseLong(ends[1].trim());
        long count = Math.addExact(Math.subtractExact(high, low), 1);
        if (count >= 1) {
          return (subject, chance, text) -> text.append(low + chance.below(count));
        }
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw bad(call, "does not name a range of integers");
    }
    throw bad(call, "does not name a range of integers");
  }

  private static Part choice(String arguments) {
    String[] choices = arguments.split("\\|", -1);
    return (subject, chance, text) -> text.append(choices[(int) chance.below(choices.length)]);
  }

  private static SluiceException bad(String call, String why) {
    return new SluiceException(
        GeneratorError.BAD_TEMPLATE, "'" + call + "' in a template " + why, Location.NONE);
  }

  /**
   * The text for a record.
   *
   * @param chance turned to the record
   */
  String text(Subject subject, Chance chance) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      part.write(subject, chance, text);
    }
    return text.toString();
  }
}
