package io.sluice.rocketmq.transcode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A fixed set of property names, asked about names in bytes. Most others are told apart by their
 * first character and their length.
 */
final class NameSet {
  private static final int ASCII = 128;

  /** By first character: the lengths that names have, as bits. */
  private final long[] lengths = new long[ASCII];

  /** By first character: the names. */
  private final byte[][][] names = new byte[ASCII][][];

  private final byte[][] prefixes;

  /**
   * @param names ASCII, not empty, shorter than 64; a {@code *} at the end stands for any rest
   */
  NameSet(List<String> names) {
    Arrays.fill(this.names, new byte[0][]);
    List<byte[]> open = new ArrayList<>();
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
      if (name.endsWith("*")) {
        open.add(Arrays.copyOf(bytes, bytes.length - 1));
      } else {
        add(bytes);
      }
    }
    prefixes = open.toArray(byte[][]::new);
  }

  private void add(byte[] name) {
    int first = name[0];
    lengths[first] |= 1L << name.length;
    names[first] = Arrays.copyOf(names[first], names[first].length + 1);
    names[first][names[first].length - 1] = name;
  }

  boolean contains(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0 || bytes[from] < 0) {
      return false;
    }
    int first = bytes[from];
    if (length < Long.SIZE && (lengths[first] >>> length & 1) != 0) {
      for (byte[] name : names[first]) {
        if (name.length == length && startsWith(bytes, from, name)) {
          return true;
        }
      }
    }
    for (byte[] prefix : prefixes) {
      if (first == prefix[0] && length >= prefix.length && startsWith(bytes, from, prefix)) {
        return true;
      }
    }
    return false;
  }

  /** For names this short a loop is faster than {@link Arrays#equals}. */
  private static boolean startsWith(byte[] bytes, int from, byte[] name) {
    for (int i = 0; i < name.length; i++) {
      if (bytes[from + i] != name[i]) {
        return false;
      }
    }
    return true;
  }
}
