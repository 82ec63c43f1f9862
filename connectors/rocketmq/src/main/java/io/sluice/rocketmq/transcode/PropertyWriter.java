package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.stored.PropertyBytes;
import io.sluice.sdk.batch.Partition;

/**
 * Copies property strings: what the table strips stays behind, the origin comes last. For one
 * thread.
 */
final class PropertyWriter {
  /** Longest property string that brokers store. */
  static final int LONGEST = Short.MAX_VALUE;

  /** Instead of an end: the record has been at the target before, and nothing counts as written. */
  static final int ECHO = -1;

  /**
   * Bytes that the origin leaves free: a broker with {@code enabledAppendPropCRC} adds a checksum
   * of this length.
   */
  private static final int CHECKSUM = "__CRC32#".length() + 12;

  private final PropertyBytes properties = new PropertyBytes();
  private final Journey journey = new Journey();
  private final OriginStamp origin;
  private final int incarnation;
  private final Stamping stamping;
  private boolean leftUnstamped;

  PropertyWriter(Partition partition, int incarnation, Stamping stamping) {
    this.origin = OriginStamp.of(partition);
    this.incarnation = incarnation;
    this.stamping = stamping;
  }

  /** So many bytes, or fewer, are written for a property string of a length. */
  int bound(int length) {
    // The journey stands in the string that is copied, and what it stands in is left out.
    return length + 1 + origin.longest() + 2;
  }

  /**
   * Writes a property string and the origin, and answers where they end. The last separator, which
   * some brokers leave out, is written always: what is added to it here or by the target would run
   * into its last value.
   *
   * @return {@link #ECHO} if the record is not to be sent
   */
  int write(byte[] source, int from, int to, byte[] target, int at, long offset) {
    journey.clear();
    int end = writeKept(source, from, to, target, at);
    if (stamping.isEcho(journey)) {
      return ECHO;
    }
    if (end > at && target[end - 1] != PropertyBytes.VALUE_END && end - at < LONGEST) {
      target[end++] = PropertyBytes.VALUE_END;
    }
    int stampLength = origin.length(incarnation, offset) + journey.length();
    leftUnstamped = stamping.isOn() && end - at + stampLength > LONGEST - CHECKSUM;
    if (!stamping.isOn() || leftUnstamped) {
      return end;
    }
    end = journey.write(target, origin.writeOpen(target, end, incarnation, offset));
    target[end] = PropertyBytes.VALUE_END;
    return end + 1;
  }

  private int writeKept(byte[] source, int from, int to, byte[] target, int at) {
    properties.reset(source, from, to);
    int end = at;
    int keptFrom = from;
    while (properties.next()) {
      if (PropertyTable.strips(source, properties.start(), properties.nameEnd())) {
        if (OriginStamp.isName(source, properties.start(), properties.nameEnd())) {
          journey.read(source, properties.nameEnd() + 1, properties.valueEnd());
        }
        int length = properties.start() - keptFrom;
        System.arraycopy(source, keptFrom, target, end, length);
        end += length;
        keptFrom = properties.end();
      }
    }
    System.arraycopy(source, keptFrom, target, end, to - keptFrom);
    return end + to - keptFrom;
  }

  /** Whether what was written last had no room for the origin. */
  boolean leftUnstamped() {
    return leftUnstamped;
  }
}
