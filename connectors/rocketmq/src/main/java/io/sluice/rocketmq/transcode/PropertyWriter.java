package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.stored.PropertyBytes;
import io.sluice.sdk.batch.Partition;

/** Copies property strings: what the table strips stays behind, the origin comes last. */
final class PropertyWriter {
  /** Longest property string that brokers store. */
  static final int LONGEST = Short.MAX_VALUE;

  /**
   * Bytes that the origin leaves free: a broker with {@code enabledAppendPropCRC} adds a checksum
   * of this length.
   */
  private static final int CHECKSUM = "__CRC32#".length() + 12;

  private final PropertyBytes properties = new PropertyBytes();
  private final OriginStamp origin;
  private final boolean stamp;
  private boolean leftUnstamped;

  PropertyWriter(Partition partition, boolean stamp) {
    this.origin = OriginStamp.of(partition);
    this.stamp = stamp;
  }

  /** So many bytes, or fewer, are written for a property string of a length. */
  int bound(int length) {
    return length + 1 + origin.longest();
  }

  /**
   * Writes a property string and the origin, and answers where they end. The last separator, which
   * some brokers leave out, is written always: what is added to it here or by the target would run
   * into its last value.
   */
  int write(byte[] source, int from, int to, byte[] target, int at, long offset) {
    int end = writeKept(source, from, to, target, at);
    if (end > at && target[end - 1] != PropertyBytes.VALUE_END && end - at < LONGEST) {
      target[end++] = PropertyBytes.VALUE_END;
    }
    leftUnstamped = stamp && end - at + origin.length(offset) > LONGEST - CHECKSUM;
    return stamp && !leftUnstamped ? origin.write(target, end, offset) : end;
  }

  private int writeKept(byte[] source, int from, int to, byte[] target, int at) {
    properties.reset(source, from, to);
    int end = at;
    int keptFrom = from;
    while (properties.next()) {
      if (PropertyTable.strips(source, properties.start(), properties.nameEnd())) {
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
