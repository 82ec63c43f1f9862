package io.sluice.cli.output;

import java.util.Locale;

/** Numbers in sentences and columns. */
public final class Count {
  private Count() {}

  /** {@code 12,000}. */
  public static String of(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 flow}, {@code 2 flows}. */
  public static String of(long number, String noun) {
    return of(number) + " " + noun + (number == 1 ? "" : "s");
  }
}
