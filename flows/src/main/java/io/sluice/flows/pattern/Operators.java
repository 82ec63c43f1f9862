package io.sluice.flows.pattern;

import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.finding.KnownNames;
import java.util.List;
import java.util.Set;

/** The names of the operators of event patterns. */
final class Operators {
  static final String EXACTLY = "exactly";
  static final String PREFIX = "prefix";
  static final String SUFFIX = "suffix";
  static final String CONTAINS = "contains";
  static final String WILDCARD = "wildcard";
  static final String IGNORE_CASE = "equals-ignore-case";
  static final String ANYTHING_BUT = "anything-but";
  static final String NUMERIC = "numeric";
  static final String CIDR = "cidr";
  static final String EXISTS = "exists";

  /** A comparison of {@code numeric} that event-ruler lacks. */
  static final String NOT_EQUAL = "!=";

  static final KnownNames ALL =
      new KnownNames(
          List.of(
              EXACTLY,
              PREFIX,
              SUFFIX,
              CONTAINS,
              WILDCARD,
              IGNORE_CASE,
              ANYTHING_BUT,
              NUMERIC,
              CIDR,
              EXISTS));

  /** What {@code anything-but} can be combined with. */
  static final KnownNames NEGATABLE =
      new KnownNames(List.of(PREFIX, SUFFIX, CONTAINS, IGNORE_CASE, WILDCARD));

  static final List<String> COMPARISONS = List.of("=", NOT_EQUAL, "<", "<=", ">", ">=");

  /** Names that event-ruler does not accept for fields within {@code $or}. */
  private static final Set<String> RESERVED =
      Set.of(
          EXACTLY,
          PREFIX,
          SUFFIX,
          WILDCARD,
          IGNORE_CASE,
          ANYTHING_BUT,
          NUMERIC,
          CIDR,
          EXISTS,
          "=",
          "<",
          "<=",
          ">",
          ">=",
          "regex",
          "not-wildcard",
          "not-equals-ignore-case",
          "date-after",
          "date-on-or-after",
          "date-before",
          "date-on-or-before",
          "in-date-range",
          "ip-address-in-range",
          "ip-address-not-in-range");

  private Operators() {}

  static boolean isKnown(String name) {
    return ALL.contains(name);
  }

  static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }

  /**
   * Whether a key is an operator that stands where a field is expected, as in {@code amount: {
   * numeric: [">", 100] }}: event-ruler would take it for a field's name, and nothing would match.
   */
  static boolean looksMisplaced(Entry entry) {
    if (!isKnown(entry.key())) {
      return false;
    }
    if (entry.value() instanceof Sequence list) {
      boolean comparison =
          !list.items().isEmpty()
              && list.items().get(0) instanceof Scalar first
              && COMPARISONS.contains(first.text());
      return entry.key().equals(ANYTHING_BUT) || entry.key().equals(NUMERIC) && comparison;
    }
    return entry.value() instanceof Scalar;
  }
}
