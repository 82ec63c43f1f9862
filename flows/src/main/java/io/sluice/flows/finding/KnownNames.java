package io.sluice.flows.finding;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names that would have been right, and which of them a misspelt one is close to. */
public final class KnownNames {
  private static final int MOST_LISTED = 24;

  private final List<String> names;

  public KnownNames(Collection<String> names) {
    this.names = names.stream().distinct().sorted().toList();
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** Whether a name is one of them, spelt exactly so. */
  public boolean contains(String name) {
    return names.contains(name);
  }

  /** The name that was probably meant. */
  public Optional<String> closest(String given) {
    String wanted = given.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= tolerance(wanted, name))
        .min(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT))));
  }

  /**
   * "Did you mean …?" where a name is close, the list of all names otherwise.
   *
   * @param whatTheyAre plural, such as "Known keys here"
   */
  public String suggestion(String given, String whatTheyAre) {
    return closest(given)
        .map(name -> "Did you mean '" + name + "'?")
        .orElseGet(() -> whatTheyAre + ": " + list() + ".");
  }

  /** The names, separated by commas. */
  public String list() {
    return names.size() <= MOST_LISTED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_LISTED)) + ", …";
  }

  private static int tolerance(String given, String name) {
    return Math.max(1, Math.min(3, Math.min(given.length(), name.length()) / 3));
  }

  /**
   * Number of single changes (insert, delete, replace, swap of neighbours) between two texts: the
   * optimal string alignment distance.
   */
  static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      last[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = last[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, 1 + Math.min(last[column], current[column - 1]));
        if (row > 1
            && column > 1
            && from.charAt(row - 1) == to.charAt(column - 2)
            && from.charAt(row - 2) == to.charAt(column - 1)) {
          current[column] = Math.min(current[column], beforeLast[column - 2] + 1);
        }
      }
      beforeLast = last;
      last = current;
    }
    return last[to.length()];
  }
}
