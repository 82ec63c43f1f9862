package io.sluice.rocketmq.stored;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBatch;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.MessageExtEncoder;
import org.apache.rocketmq.store.PutMessageContext;
import org.apache.rocketmq.store.config.MessageStoreConfig;

/** Messages as a broker's own encoder writes them into its log. */
public final class StoreBytes {
  private final MessageExtEncoder encoder;
  private final boolean checksums;

  /**
   * @param checksums whether it adds checksums to batches' properties ({@code
   *     enabledAppendPropCRC}); then for batches only
   */
  public StoreBytes(boolean checksums) {
    MessageStoreConfig config = new MessageStoreConfig();
    config.setEnabledAppendPropCRC(checksums);
    this.checksums = checksums;
    encoder = new MessageExtEncoder(config);
  }

  /** One message that came alone. */
  public byte[] of(MessageExtBrokerInner message) {
    if (encoder.encode(message) != null) {
      throw new IllegalArgumentException("refused: " + message);
    }
    ByteBuffer encoded = encoder.getEncoderBuffer();
    return bytes(encoded.limit(encoded.getInt(0)));
  }

  /** All messages of a batch, at queue offsets from {@code firstOffset}. */
  public byte[] of(MessageExtBatch batch, long firstOffset) {
    byte[] stored = bytes(encoder.encode(batch, new PutMessageContext("topic-0")));
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    long offset = firstOffset;
    for (int at = 0; at < stored.length; at += buffer.getInt(at)) {
      buffer.putLong(at + StoreFormat.QUEUE_OFFSET, offset++);
      if (checksums) {
        int end = at + buffer.getInt(at);
        MessageDecoder.createCrc32(buffer.position(end - CommitLog.CRC32_RESERVED_LEN), 4711);
      }
    }
    return stored;
  }

  public byte[] of(List<MessageExtBrokerInner> messages) {
    return concat(messages.stream().map(this::of).toList());
  }

  public static byte[] concat(List<byte[]> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    return all.array();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
