package io.sluice.rocketmq.stored;

import static org.apache.rocketmq.common.message.MessageConst.PROPERTY_INNER_BASE;
import static org.apache.rocketmq.common.message.MessageConst.PROPERTY_INNER_NUM;

import io.sluice.rocketmq.FormatError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/**
 * A message whose body is a batch of messages, as brokers from 5.0 on store what a producer sent at
 * once to a topic with queues of type BatchCQ. Its body is a row of messages in the format that
 * {@link MessageDecoder#decodeMessage(ByteBuffer)} reads:
 *
 * <pre>
 * 0 total length   4 magic   8 body CRC   12 flag   16 body length (4), body,
 * properties length (2), properties
 * </pre>
 *
 * <p>The first of them has the queue offset of the whole, each one behind it the next. Topic, times
 * and hosts are those of the whole; its properties belong to none of them.
 */
final class InnerBatch {
  private static final int FLAGS =
      MessageSysFlag.INNER_BATCH_FLAG | MessageSysFlag.NEED_UNWRAP_FLAG;
  private static final int COMPRESSION =
      MessageSysFlag.COMPRESSED_FLAG | MessageSysFlag.COMPRESSION_TYPE_COMPARATOR;

  private static final int BODY_CRC = 8;
  private static final int FLAG = 12;
  private static final int BODY_LENGTH = 16;
  private static final int BODY = 20;

  /** A message with nothing in body and properties. */
  private static final int SHORTEST = BODY + Short.BYTES;

  private final StoredCursor whole;
  private final byte[] row;
  private final int rowStart;
  private final int rowEnd;
  private final long firstOffset;

  private InnerBatch(StoredCursor whole) {
    this.whole = whole;
    boolean compressed = CompressedBody.is(whole);
    row = compressed ? CompressedBody.inflate(whole) : whole.array();
    rowStart = compressed ? 0 : whole.bodyStart();
    rowEnd = compressed ? row.length : whole.bodyStart() + whole.bodyLength();
    firstOffset = StoreFormat.longAt(whole.array(), whole.start() + StoreFormat.QUEUE_OFFSET);
  }

  /** Whether a message with these flags is one. Clients take it for one message without both. */
  static boolean is(int sysFlag) {
    return (sysFlag & FLAGS) == FLAGS;
  }

  /**
   * The messages of a chunk in store format, with the messages of each inner batch in its place.
   *
   * @throws SluiceException {@link FormatError#CORRUPT_RECORD}
   */
  static byte[] unwrap(StoredChunk chunk) {
    ByteArrayOutputStream unwrapped = new ByteArrayOutputStream(2 * chunk.array().length);
    StoredCursor message = StoredMessages.of(List.of(chunk)).cursor();
    long next = chunk.firstOffset();
    while (message.advance()) {
      if (message.offset() < next) {
        throw corrupt(message, "it lies inside the batch before it");
      }
      int start = message.start();
      if (is(message.sysFlag())) {
        next = message.offset() + new InnerBatch(message).unwrapTo(unwrapped);
      } else {
        next = message.offset() + 1;
        unwrapped.write(message.array(), start, message.propertiesEnd() - start);
      }
    }
    return unwrapped.toByteArray();
  }

  /** Number of messages written. */
  private int unwrapTo(ByteArrayOutputStream unwrapped) {
    int count = 0;
    for (int at = rowStart; at < rowEnd; at += StoreFormat.intAt(row, at)) {
      check(at);
      write(at, firstOffset + count, unwrapped);
      count++;
    }
    require(PROPERTY_INNER_NUM, Integer.toString(count));
    require(PROPERTY_INNER_BASE, Long.toString(firstOffset));
    return count;
  }

  private void check(int at) {
    int left = rowEnd - at;
    int total = left < SHORTEST ? left : StoreFormat.intAt(row, at);
    if (total < SHORTEST || total > left) {
      throw corrupt(whole, "a message in it has " + total + " of " + left + " bytes");
    }
    int bodyLength = StoreFormat.intAt(row, at + BODY_LENGTH);
    if (bodyLength < 0
        || bodyLength > total - SHORTEST
        || SHORTEST + bodyLength + StoreFormat.unsignedShortAt(row, at + BODY + bodyLength)
            != total) {
      throw corrupt(whole, "the parts of a message in it do not add up to " + total + " bytes");
    }
  }

  private void write(int at, long offset, ByteArrayOutputStream unwrapped) {
    int bodyEnd = at + BODY + StoreFormat.intAt(row, at + BODY_LENGTH);
    int end = at + StoreFormat.intAt(row, at);
    int headLength = whole.bodyStart() - Integer.BYTES - whole.start();
    int topicAt = whole.bodyStart() + whole.bodyLength();
    int topicLength = whole.propertiesStart() - Short.BYTES - topicAt;

    byte[] head = new byte[headLength];
    System.arraycopy(whole.array(), whole.start(), head, 0, headLength);
    ByteBuffer.wrap(head)
        .putInt(0, headLength + (bodyEnd - at - BODY_LENGTH) + topicLength + (end - bodyEnd))
        .putInt(StoreFormat.BODY_CRC, StoreFormat.intAt(row, at + BODY_CRC))
        .putInt(StoreFormat.FLAG, StoreFormat.intAt(row, at + FLAG))
        .putLong(StoreFormat.QUEUE_OFFSET, offset)
        .putInt(StoreFormat.SYS_FLAG, whole.sysFlag() & ~(FLAGS | COMPRESSION));
    unwrapped.writeBytes(head);
    unwrapped.write(row, at + BODY_LENGTH, bodyEnd - at - BODY_LENGTH);
    unwrapped.write(whole.array(), topicAt, topicLength);
    unwrapped.write(row, bodyEnd, end - bodyEnd);
  }

  /** The broker counted the messages too, and gave them their offsets by that. */
  private void require(String property, String value) {
    Optional<String> given = whole.systemProperty(property);
    if (!given.equals(Optional.of(value))) {
      throw corrupt(whole, property + " is " + given.orElse("missing") + " in place of " + value);
    }
  }

  private static SluiceException corrupt(StoredCursor message, String what) {
    return new SluiceException(
        FormatError.CORRUPT_RECORD,
        "The batch of messages at queue offset " + message.offset() + " is damaged: " + what,
        Location.NONE);
  }
}
