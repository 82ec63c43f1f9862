package io.sluice.flows.pattern;

import software.amazon.event.ruler.Patterns;
import software.amazon.event.ruler.ValuePatterns;

/**
 * Kinds of conditions that may share a field in one of event-ruler's machines. Those of two kinds
 * run into each other there: {@code *b*} beside {@code { equals-ignore-case: "a" }} or a suffix
 * matches texts of which neither is true, and an empty text beside a range and a prefix is not
 * found in an array that holds one.
 */
enum ConditionKind {
  /** Values as they are, and how they begin. */
  VALUE,
  /** Blocks of addresses, which see marked addresses only, see {@link Addresses}. */
  ADDRESS,
  SUFFIX,
  RANGE,
  IGNORED_CASE,
  WILDCARD,
  /** Whether the field is there. */
  PRESENT,
  ABSENT,
  OTHER_VALUE,
  OTHER_PREFIX,
  OTHER_SUFFIX,
  /** A field has at most one such condition in a machine. */
  OTHER_WILDCARD;

  static ConditionKind of(Patterns condition) {
    return switch (condition.type()) {
      case EXACT, NUMERIC_EQ -> VALUE;
      case PREFIX -> isAddress((ValuePatterns) condition) ? ADDRESS : VALUE;
      case SUFFIX -> SUFFIX;
      case NUMERIC_RANGE -> RANGE;
      case EQUALS_IGNORE_CASE,
          PREFIX_EQUALS_IGNORE_CASE,
          SUFFIX_EQUALS_IGNORE_CASE,
          ANYTHING_BUT_IGNORE_CASE ->
          IGNORED_CASE;
      case WILDCARD -> WILDCARD;
      case EXISTS -> PRESENT;
      case ABSENT -> ABSENT;
      case ANYTHING_BUT -> OTHER_VALUE;
      case ANYTHING_BUT_PREFIX -> OTHER_PREFIX;
      case ANYTHING_BUT_SUFFIX -> OTHER_SUFFIX;
      case ANYTHING_BUT_WILDCARD -> OTHER_WILDCARD;
    };
  }

  /** event-ruler keeps texts with the quote that they begin with. */
  private static boolean isAddress(ValuePatterns prefix) {
    return Addresses.isPrefix(prefix.pattern().substring(1));
  }

  /** Whether conditions of another combination may stand beside these, on the same field. */
  boolean mayShareWith(ConditionKind other) {
    return this == other && this != OTHER_WILDCARD;
  }
}
