package io.sluice.benchmarks.report;

import java.time.Duration;
import java.util.Locale;

/** Figures as tables show them: three digits that mean something, and no more. */
public final class Figures {
  private static final double MEGA = 1e6;
  private static final double NANOS_OF_MILLI = 1e6;
  private static final double HUNDRED = 100;
  private static final double TEN = 10;
  private static final int DIGITS = 3;

  private Figures() {}

  /** Such as {@code 212,000}, {@code 21.2} or {@code 0.212}. */
  public static String of(double value) {
    if (Math.abs(value) >= HUNDRED) {
      double unit = Math.pow(TEN, Math.floor(Math.log10(Math.abs(value))) - DIGITS + 1);
      return exactly(Math.round(Math.round(value / unit) * unit));
    }
    String digits = Math.abs(value) >= TEN ? "%.1f" : Math.abs(value) >= 1 ? "%.2f" : "%.3f";
    return digits.formatted(value);
  }

  /** A count, such as {@code 2,000,000}. */
  public static String exactly(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** In units of 10⁶ bytes. */
  public static String megabytes(double bytes) {
    return of(bytes / MEGA);
  }

  /** In milliseconds. */
  public static String millis(Duration time) {
    return of(time.toNanos() / NANOS_OF_MILLI);
  }
}
