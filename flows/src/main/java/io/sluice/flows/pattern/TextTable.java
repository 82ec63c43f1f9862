package io.sluice.flows.pattern;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Rules by texts. Searches for all texts with which a value begins, one length after the other,
 * without a copy of any part of it; and lies in a few arrays, so that a search among many texts
 * waits for memory hardly more often than one among few. Immutable and thread-safe.
 */
final class TextTable {
  private static final int[] NONE = {};

  /** As of {@link String#hashCode}, which is made a character at a time. */
  private static final int FACTOR = 31;

  /** Spreads the hashes of texts that differ in their last character only. */
  private static final int SPREAD = 0x9E3779B9;

  private final int mask;
  private final int[] hashes;
  private final String[] texts;
  private final int[][] rules;

  /** Of all texts, ascending. */
  private final int[] lengths;

  TextTable(Map<String, List<Integer>> rulesByText) {
    mask = Integer.highestOneBit(2 * rulesByText.size() + 1) * 2 - 1;
    hashes = new int[mask + 1];
    texts = new String[mask + 1];
    rules = new int[mask + 1][];
    Arrays.fill(texts, "");
    Arrays.fill(rules, NONE);
    rulesByText.forEach(this::put);
    lengths = rulesByText.keySet().stream().mapToInt(String::length).distinct().sorted().toArray();
  }

  private void put(String text, List<Integer> asking) {
    int slot = slot(text.hashCode());
    while (rules[slot] != NONE) {
      slot = next(slot);
    }
    hashes[slot] = text.hashCode();
    texts[slot] = text;
    rules[slot] = asking.stream().mapToInt(Integer::intValue).toArray();
  }

  boolean isEmpty() {
    return lengths.length == 0;
  }

  /** Adds the rules of a text. */
  void match(String text, Collection<Integer> matching) {
    match(text, text.length(), text.hashCode(), matching);
  }

  /** Adds the rules of all texts with which a value begins. */
  void matchBeginnings(String value, Collection<Integer> matching) {
    int hash = 0;
    int hashed = 0;
    for (int length : lengths) {
      if (length > value.length()) {
        return;
      }
      while (hashed < length) {
        hash = FACTOR * hash + value.charAt(hashed++);
      }
      match(value, length, hash, matching);
    }
  }

  private void match(String value, int length, int hash, Collection<Integer> matching) {
    for (int slot = slot(hash); rules[slot] != NONE; slot = next(slot)) {
      if (hashes[slot] == hash && texts[slot].length() == length && value.startsWith(texts[slot])) {
        for (int rule : rules[slot]) {
          matching.add(rule);
        }
        return;
      }
    }
  }

  private int slot(int hash) {
    int spread = hash * SPREAD;
    return (spread ^ spread >>> Character.SIZE) & mask;
  }

  private int next(int slot) {
    return slot + 1 & mask;
  }
}
