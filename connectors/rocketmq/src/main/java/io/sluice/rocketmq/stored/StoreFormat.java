package io.sluice.rocketmq.stored;

import io.sluice.rocketmq.FormatError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/**
 * Layout of one message in RocketMQ's store format, as {@link MessageDecoder#decode} of 5.5.0 reads
 * it and brokers from 4.0 on write it:
 *
 * <pre>
 * 0 total length   4 magic          8 body CRC      12 queue id   16 flag   20 queue offset
 * 28 log offset    36 sysFlag       40 born at      48 born host (4 or 16 address bytes, 4 port)
 * then stored at (8), store host (like born host), reconsume times (4), prepared offset (8),
 * body length (4), body, topic length (1, in V2 2), topic, properties length (2), properties
 * </pre>
 */
final class StoreFormat {
  static final int BODY_CRC = 8;
  static final int FLAG = 16;
  static final int QUEUE_OFFSET = 20;
  static final int SYS_FLAG = 36;
  static final int BORN_AT = 40;

  private static final int MAGIC = 4;
  private static final int BORN_HOST = 48;
  private static final int RECONSUME_AND_PREPARED = 12;

  /** A message with hosts of IPv4, and nothing in body, topic and properties. */
  private static final int SHORTEST = 91;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private StoreFormat() {}

  static int intAt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static int unsignedShortAt(byte[] bytes, int at) {
    return (short) SHORTS.get(bytes, at) & 0xffff;
  }

  /** Distance of the store time from the start of a message. */
  static int storedAt(int sysFlag) {
    return BORN_HOST + hostLength(sysFlag & MessageSysFlag.BORNHOST_V6_FLAG);
  }

  /** Distance of the body length from the start of a message. */
  static int bodyLengthAt(int sysFlag) {
    return storedAt(sysFlag)
        + Long.BYTES
        + hostLength(sysFlag & MessageSysFlag.STOREHOSTADDRESS_V6_FLAG)
        + RECONSUME_AND_PREPARED;
  }

  private static int hostLength(int v6) {
    return v6 == 0 ? 8 : 20;
  }

  /** Bytes that the topic's length takes: 2 where topics may be longer than 127 bytes. */
  static int topicLengthSize(byte[] bytes, int start) {
    return intAt(bytes, start + MAGIC) == MessageDecoder.MESSAGE_MAGIC_CODE_V2 ? 2 : 1;
  }

  static int topicLength(byte[] bytes, int at, int lengthSize) {
    return lengthSize == 2 ? unsignedShortAt(bytes, at) : bytes[at] & 0xff;
  }

  /**
   * Where the message ends that starts here.
   *
   * @throws SluiceException {@link FormatError#CORRUPT_RECORD} unless all its lengths fit together
   */
  static int endOf(byte[] bytes, int start) {
    int left = bytes.length - start;
    if (left < SHORTEST) {
      throw corrupt(start, left + " bytes are left, too few for a message");
    }
    int total = intAt(bytes, start);
    if (total < SHORTEST || total > left) {
      throw corrupt(start, "its length is given as " + total + " where " + left + " bytes follow");
    }
    int magic = intAt(bytes, start + MAGIC);
    if (magic != MessageDecoder.MESSAGE_MAGIC_CODE
        && magic != MessageDecoder.MESSAGE_MAGIC_CODE_V2) {
      throw corrupt(start, "its magic code is " + magic);
    }
    int sysFlag = intAt(bytes, start + SYS_FLAG);
    if (lengthOfParts(bytes, start, total, sysFlag) != total) {
      throw corrupt(start, "its parts do not add up to its length of " + total);
    }
    return start + total;
  }

  /** Sum of the parts' lengths, or -1 where a part would reach over the message's end. */
  private static long lengthOfParts(byte[] bytes, int start, int total, int sysFlag) {
    int bodyLengthAt = bodyLengthAt(sysFlag);
    if (bodyLengthAt + Integer.BYTES > total) {
      return -1;
    }
    int bodyLength = intAt(bytes, start + bodyLengthAt);
    int topicLengthSize = topicLengthSize(bytes, start);
    long topicLengthAt = (long) bodyLengthAt + Integer.BYTES + bodyLength;
    if (bodyLength < 0 || topicLengthAt + topicLengthSize > total) {
      return -1;
    }
    long propertiesLengthAt =
        topicLengthAt
            + topicLengthSize
            + topicLength(bytes, start + (int) topicLengthAt, topicLengthSize);
    if (propertiesLengthAt + Short.BYTES > total) {
      return -1;
    }
    return propertiesLengthAt
        + Short.BYTES
        + unsignedShortAt(bytes, start + (int) propertiesLengthAt);
  }

  static SluiceException corrupt(int start, String what) {
    return new SluiceException(
        FormatError.CORRUPT_RECORD,
        "The message at byte " + start + " of a pull's answer is damaged: " + what,
        Location.NONE);
  }
}
