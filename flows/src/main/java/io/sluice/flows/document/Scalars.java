package io.sluice.flows.document;

import io.sluice.flows.document.Node.Scalar.Kind;
import java.util.regex.Pattern;

/**
 * How a word without quotes is read: like JSON (with YAML's spellings of null and capital letters
 * allowed), so that {@code on}, {@code yes}, {@code 007}, {@code 1_000} and dates stay text.
 */
public final class Scalars {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,4})?");

  /** Length of numbers that are still read as such; longer ones could be costly to compute. */
  private static final int LONGEST_NUMBER = 100;

  private Scalars() {}

  /** The kind of a word without quotes. */
  public static Kind kindOf(String word) {
    return switch (word) {
      case "", "~", "null", "Null", "NULL" -> Kind.NULL;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> Kind.BOOLEAN;
      default -> isNumber(word) ? Kind.NUMBER : Kind.TEXT;
    };
  }

  /** Whether a text is a number of JSON. */
  public static boolean isNumber(String text) {
    return text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches();
  }

  /** Whether a text is a whole number of JSON, without fraction and exponent. */
  public static boolean isInteger(String text) {
    return text.length() <= LONGEST_NUMBER && INTEGER.matcher(text).matches();
  }
}
