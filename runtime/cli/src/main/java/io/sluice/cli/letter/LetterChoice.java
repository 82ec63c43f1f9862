package io.sluice.cli.letter;

import java.util.Set;

/**
 * Which dead letters are meant.
 *
 * @param origins of those records; empty for any
 * @param codes with one of these errors; empty for any
 */
public record LetterChoice(Set<String> origins, Set<String> codes) {
  public LetterChoice {
    origins = Set.copyOf(origins);
    codes = Set.copyOf(codes);
  }

  /** Whether a letter is one of them. */
  public boolean includes(StoredLetter letter) {
    return (origins.isEmpty() || origins.contains(letter.origin()))
        && (codes.isEmpty() || codes.contains(letter.code()));
  }
}
