package io.sluice.testkit;

import java.util.List;

/**
 * How a mirror differs from its source.
 *
 * @param forgotten messages that the source acknowledged and does not hold as they were sent; the
 *     mirror is not to blame
 * @param expected messages of the source that the mirror must hold
 * @param found messages that the mirror holds
 * @param lost expected ones that it does not hold
 * @param duplicated ones that it holds more often than the source
 * @param reordered ones that come after a message that they precede at the source
 * @param corrupted ones that differ from their source
 * @param extra ones that are not expected, or in another queue
 * @param differences the first few differences, in words
 */
public record MirrorReport(
    long forgotten,
    long expected,
    long found,
    long lost,
    long duplicated,
    long reordered,
    long corrupted,
    long extra,
    List<String> differences) {

  public MirrorReport {
    differences = List.copyOf(differences);
  }

  /** Whether both hold exactly what they should. */
  public boolean isExact() {
    return isWhole() && duplicated == 0;
  }

  /** Whether both hold all that they should, unchanged and in order, some of it perhaps twice. */
  public boolean isWhole() {
    return forgotten == 0 && lost == 0 && reordered == 0 && corrupted == 0 && extra == 0;
  }
}
