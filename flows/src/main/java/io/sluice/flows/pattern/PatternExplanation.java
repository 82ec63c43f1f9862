package io.sluice.flows.pattern;

import java.util.List;

/**
 * Why a pattern matches an event, or does not.
 *
 * @param matches whether it does as a whole
 * @param parts what all must match; empty if the pattern is not to be shown
 */
public record PatternExplanation(boolean matches, List<Part> parts) {
  public PatternExplanation {
    parts = List.copyOf(parts);
  }

  /** Whether each part matches but not all in one item of a list, as they must. */
  public boolean matchesApart() {
    return !matches && !parts.isEmpty() && parts.stream().allMatch(Part::matches);
  }

  /** A part of a pattern. */
  public sealed interface Part {
    boolean matches();
  }

  /**
   * A field that the pattern names.
   *
   * @param path keys with dots between them
   * @param values what the event has there, as JSON; several if a list is on the way
   * @param conditions of which one must match
   * @param matches whether one does
   */
  public record Field(String path, List<String> values, List<Condition> conditions, boolean matches)
      implements Part {
    public Field {
      values = List.copyOf(values);
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * One condition of a field.
   *
   * @param text as JSON
   */
  public record Condition(String text, boolean matches) {}

  /**
   * {@code $or}: parts, of which one list must match.
   *
   * @param alternatives at least two
   */
  public record Choice(List<List<Part>> alternatives, boolean matches) implements Part {
    public Choice {
      alternatives = List.copyOf(alternatives);
    }
  }
}
