package io.sluice.rocketmq.stored;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A walk over a message's property string without decoding it: {@code NAME U+0001 VALUE U+0002},
 * again and again; brokers may leave out the last U+0002. In UTF-8 no other character contains
 * these two bytes.
 *
 * <p>As for RocketMQ's clients ({@code MessageDecoder.string2messageProperties}), a property
 * without a name or without a value is none, and of two with the same name the last one counts.
 *
 * <p>Starts before the first property; {@link #next} moves on. For one thread.
 */
public final class PropertyBytes {
  /** What ends a name. */
  public static final byte NAME_END = 1;

  /** What ends a value. */
  public static final byte VALUE_END = 2;

  private static final long ABSENT = -1;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int limit;
  private int start;
  private int nameEnd;
  private int end;

  /** Eight bytes are looked at together: where they start, and separators among them to come. */
  private int word;

  private long separators;

  /** Goes before the first property of another property string. */
  public void reset(byte[] source, int from, int to) {
    bytes = source;
    limit = to;
    end = from;
    word = from;
    separators = from < to ? separators(source, from) : 0;
  }

  /** Moves to what stands up to the next separator, or answers false at the end. */
  public boolean next() {
    start = end;
    if (start >= limit) {
      return false;
    }
    int firstNameEnd = -1;
    int at = word;
    long marks = separators;
    while (true) {
      while (marks == 0 && (at += Long.BYTES) < limit) {
        marks = separators(bytes, at);
      }
      int separator = at + (Long.numberOfTrailingZeros(marks) >>> 3);
      marks &= marks - 1;
      if (separator >= limit) {
        end = limit;
        nameEnd = firstNameEnd < 0 ? limit : firstNameEnd;
        break;
      }
      if (bytes[separator] == VALUE_END) {
        end = separator + 1;
        nameEnd = firstNameEnd < 0 ? separator : firstNameEnd;
        break;
      }
      if (firstNameEnd < 0 && bytes[separator] == NAME_END) {
        firstNameEnd = separator;
      }
    }
    word = at;
    separators = marks;
    return true;
  }

  /** Where the property starts, and its name. */
  public int start() {
    return start;
  }

  /** Where the name ends: at its separator, or where the property ends if it has none. */
  public int nameEnd() {
    return nameEnd;
  }

  /** Where the property ends: after its last separator, or at the end of all. */
  public int end() {
    return end;
  }

  /** Whether RocketMQ's clients see a property here: it has a name and a value. */
  boolean isVisible() {
    return nameEnd > start && valueEnd() > nameEnd + 1;
  }

  String name() {
    return new String(bytes, start, nameEnd - start, StandardCharsets.UTF_8);
  }

  String value() {
    return new String(bytes, nameEnd + 1, valueEnd() - nameEnd - 1, StandardCharsets.UTF_8);
  }

  /** Where the value ends. */
  public int valueEnd() {
    return end > start && bytes[end - 1] == VALUE_END ? end - 1 : end;
  }

  /**
   * The value of the last property of this name: where it starts in the upper half, where it ends
   * in the lower one; negative if there is none.
   *
   * @param name not empty, without separators
   */
  static long find(byte[] bytes, int from, int to, byte[] name) {
    long found = ABSENT;
    int at = from;
    while (at < to) {
      int valueStart = at + name.length + 1;
      boolean isWanted =
          valueStart < to
              && bytes[valueStart - 1] == NAME_END
              && bytes[at] == name[0]
              && Arrays.equals(bytes, at, valueStart - 1, name, 0, name.length);
      int valueEnd = endOfValue(bytes, isWanted ? valueStart : at, to);
      if (isWanted && valueEnd > valueStart) {
        found = (long) valueStart << Integer.SIZE | valueEnd;
      }
      at = valueEnd + 1;
    }
    return found;
  }

  private static int endOfValue(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += Long.BYTES) {
      for (long marks = separators(bytes, at); marks != 0; marks &= marks - 1) {
        int separator = at + (Long.numberOfTrailingZeros(marks) >>> 3);
        if (separator >= to) {
          return to;
        }
        if (bytes[separator] == VALUE_END) {
          return separator;
        }
      }
    }
    return to;
  }

  /**
   * Where among eight bytes separators stand: the highest bit of each byte from U+0000 to U+0002,
   * lowest byte first.
   */
  private static long separators(byte[] bytes, int at) {
    long word = at <= bytes.length - Long.BYTES ? (long) LONGS.get(bytes, at) : lastWord(bytes, at);
    long aboveTwo = (word & 0x7f7f7f7f7f7f7f7fL) + 0x7d7d7d7d7d7d7d7dL | word;
    return ~aboveTwo & 0x8080808080808080L;
  }

  /** Eight bytes of which the array does not hold all. */
  private static long lastWord(byte[] bytes, int at) {
    long word = -1;
    for (int i = bytes.length - 1; i >= at; i--) {
      word = word << Byte.SIZE | bytes[i] & 0xff;
    }
    return word;
  }
}
