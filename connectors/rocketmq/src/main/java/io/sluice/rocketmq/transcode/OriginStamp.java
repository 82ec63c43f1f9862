package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.stored.PropertyBytes;
import io.sluice.rocketmq.stored.StoredCursor;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a mirrored record came from, as the property {@code _sluice} of its copy:
 *
 * <pre>
 * INSTANCE/TOPIC/BROKER/QUEUE@OFFSET                 a record of the first incarnation of a queue
 * INSTANCE/TOPIC/BROKER/QUEUE@INCARNATION:OFFSET     one of a queue that was made anew since
 * ...@OFFSET&lt;INSTANCE/TOPIC,INSTANCE/TOPIC           one that had been copied before: through which
 *                                                    topics, the latest first
 * </pre>
 *
 * <p>By it the tail of a target queue tells which record of the source comes next, after a restart
 * and after an unknown outcome (I7), and a record is kept from going back to where it has been. Of
 * one partition; immutable.
 */
public final class OriginStamp {
  /** Name of the property. */
  public static final String PROPERTY = "_sluice";

  static final byte POSITION = '@';
  static final byte JOURNEY = '<';
  private static final byte INCARNATION = ':';

  private static final byte[] NAME = PROPERTY.getBytes(StandardCharsets.US_ASCII);

  private static final int LONGEST_OFFSET = 19;
  private static final int LONGEST_INCARNATION = 10;

  /** Property and value up to the position. */
  private final byte[] head;

  private OriginStamp(Partition partition) {
    this.head =
        (PROPERTY + (char) PropertyBytes.NAME_END + partition.name() + (char) POSITION)
            .getBytes(StandardCharsets.UTF_8);
  }

  /** The stamps of the records of a partition. */
  public static OriginStamp of(Partition partition) {
    return new OriginStamp(partition);
  }

  /** Whether these bytes are the property's name. */
  static boolean isName(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, NAME, 0, NAME.length);
  }

  /**
   * Position of the record of a partition that a stored record is a copy of.
   *
   * @param index of the stored record
   * @return empty if it is no copy, or one of another partition's record
   */
  public static Optional<Position> originOf(
      StoredMessages messages, int index, Partition partition) {
    StoredCursor copy = messages.cursor();
    copy.moveTo(index);
    return of(partition).originOf(copy);
  }

  /** Like {@link #originOf(StoredMessages, int, Partition)}, for the record that is shown. */
  public Optional<Position> originOf(StoredCursor copy) {
    PropertyBytes properties = new PropertyBytes();
    properties.reset(copy.array(), copy.propertiesStart(), copy.propertiesEnd());
    Optional<Position> origin = Optional.empty();
    while (properties.next()) {
      if (isName(copy.array(), properties.start(), properties.nameEnd())) {
        origin = position(copy.array(), properties);
      }
    }
    return origin;
  }

  private Optional<Position> position(byte[] bytes, PropertyBytes property) {
    int at = property.start() + head.length;
    int end = property.valueEnd();
    if (at >= end || !Arrays.equals(bytes, property.start(), at, head, 0, head.length)) {
      return Optional.empty();
    }
    long incarnation = 0;
    long number = 0;
    int digits = 0;
    for (; at < end && bytes[at] != JOURNEY; at++) {
      int digit = bytes[at] - '0';
      if (bytes[at] == INCARNATION && digits > 0 && incarnation == 0) {
        incarnation = number;
        number = 0;
        digits = 0;
      } else if (digit >= 0 && digit <= 9 && number <= (Long.MAX_VALUE - digit) / 10) {
        number = 10 * number + digit;
        digits++;
      } else {
        return Optional.empty();
      }
    }
    return digits == 0 || incarnation > Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new Position((int) incarnation, number));
  }

  /** Bytes that the property takes at most without a journey, whatever the position. */
  int longest() {
    return head.length + LONGEST_INCARNATION + 1 + LONGEST_OFFSET + 1;
  }

  /** Bytes that the property takes without a journey, with its last separator. */
  int length(int incarnation, long offset) {
    int inner = incarnation == 0 ? 0 : digits(incarnation) + 1;
    return head.length + inner + digits(offset) + 1;
  }

  /** Writes the property up to the position, without its last separator, and answers its end. */
  int writeOpen(byte[] target, int at, int incarnation, long offset) {
    System.arraycopy(head, 0, target, at, head.length);
    int end = at + head.length;
    if (incarnation != 0) {
      end = writeNumber(target, end, incarnation);
      target[end++] = INCARNATION;
    }
    return writeNumber(target, end, offset);
  }

  private static int writeNumber(byte[] target, int at, long number) {
    int end = at + digits(number);
    long rest = number;
    for (int digit = end - 1; digit >= at; digit--) {
      target[digit] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long power = 10; digits < LONGEST_OFFSET && number >= power; power *= 10) {
      digits++;
    }
    return digits;
  }
}
