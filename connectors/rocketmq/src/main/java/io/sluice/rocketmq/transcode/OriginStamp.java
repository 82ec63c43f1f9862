package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.stored.PropertyBytes;
import io.sluice.rocketmq.stored.StoredCursor;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Partition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Where a mirrored record came from, as the property {@code _sluice} of its copy: {@code
 * PARTITION@OFFSET}. By it the tail of a target queue tells which record of the source comes next,
 * after a restart and after an unknown outcome (I7). Of one partition; immutable.
 */
public final class OriginStamp {
  /** Name of the property. */
  public static final String PROPERTY = "_sluice";

  private static final byte[] NAME = PROPERTY.getBytes(StandardCharsets.US_ASCII);

  private static final int LONGEST_OFFSET = 19;

  /** Property and value up to the offset. */
  private final byte[] head;

  private OriginStamp(Partition partition) {
    this.head =
        (PROPERTY + (char) PropertyBytes.NAME_END + partition.name() + '@')
            .getBytes(StandardCharsets.UTF_8);
  }

  /** The stamps of the records of a partition. */
  public static OriginStamp of(Partition partition) {
    return new OriginStamp(partition);
  }

  /**
   * Offset of the record of a partition that a stored record is a copy of.
   *
   * @param index of the stored record
   * @return empty if it is no copy, or one of another partition's record
   */
  public static OptionalLong originOf(StoredMessages messages, int index, Partition partition) {
    StoredCursor copy = messages.cursor();
    copy.moveTo(index);
    return of(partition).originOf(copy);
  }

  /** Like {@link #originOf(StoredMessages, int, Partition)}, for the record that is shown. */
  public OptionalLong originOf(StoredCursor copy) {
    PropertyBytes properties = new PropertyBytes();
    properties.reset(copy.array(), copy.propertiesStart(), copy.propertiesEnd());
    OptionalLong origin = OptionalLong.empty();
    while (properties.next()) {
      if (isStamp(copy.array(), properties)) {
        origin = offset(copy.array(), properties);
      }
    }
    return origin;
  }

  private static boolean isStamp(byte[] bytes, PropertyBytes property) {
    return Arrays.equals(bytes, property.start(), property.nameEnd(), NAME, 0, NAME.length);
  }

  private OptionalLong offset(byte[] bytes, PropertyBytes property) {
    int at = property.start() + head.length;
    int end = property.valueEnd();
    if (at >= end || !Arrays.equals(bytes, property.start(), at, head, 0, head.length)) {
      return OptionalLong.empty();
    }
    long offset = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || offset > (Long.MAX_VALUE - digit) / 10) {
        return OptionalLong.empty();
      }
      offset = 10 * offset + digit;
    }
    return OptionalLong.of(offset);
  }

  /** Bytes that the property takes at most, whatever the offset. */
  int longest() {
    return head.length + LONGEST_OFFSET + 1;
  }

  /** Bytes that the property takes, with its last separator. */
  int length(long offset) {
    return head.length + digits(offset) + 1;
  }

  /** Writes the property, with its last separator, and answers where it ends. */
  int write(byte[] target, int at, long offset) {
    System.arraycopy(head, 0, target, at, head.length);
    int end = at + length(offset);
    target[end - 1] = PropertyBytes.VALUE_END;
    long rest = offset;
    for (int digit = end - 2; digit >= at + head.length; digit--) {
      target[digit] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }

  private static int digits(long offset) {
    int digits = 1;
    for (long power = 10; digits < LONGEST_OFFSET && offset >= power; power *= 10) {
      digits++;
    }
    return digits;
  }
}
