package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.stored.StoredCursor;
import io.sluice.rocketmq.stored.StoredMessages;
import java.nio.ByteBuffer;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/**
 * Transcodes stored messages: nothing becomes an object, but for bodies that the target's consumers
 * could not inflate.
 */
final class StoredWriter implements RecordWriter {
  private static final int COMPRESSION =
      MessageSysFlag.COMPRESSED_FLAG | MessageSysFlag.COMPRESSION_TYPE_COMPARATOR;

  private final StoredCursor message;
  private final PropertyWriter properties;
  private final Compressions known;

  StoredWriter(StoredMessages messages, PropertyWriter properties, Compressions known) {
    this.message = messages.cursor();
    this.properties = properties;
    this.known = known;
  }

  @Override
  public void moveTo(int index) {
    message.moveTo(index);
    if (isInflated()) {
      message.body(); // Fails now if it fails.
    }
  }

  @Override
  public long offset() {
    return message.offset();
  }

  @Override
  public int compression() {
    return isCompressed() && known.has(message.sysFlag()) ? message.sysFlag() & COMPRESSION : 0;
  }

  private boolean isCompressed() {
    return (message.sysFlag() & MessageSysFlag.COMPRESSED_FLAG) != 0;
  }

  private boolean isInflated() {
    return isCompressed() && !known.has(message.sysFlag());
  }

  @Override
  public long bornMillis() {
    return message.bornMillis();
  }

  @Override
  public int flag() {
    return message.flag();
  }

  @Override
  public int bodyLength() {
    return isInflated() ? message.body().remaining() : message.bodyLength();
  }

  @Override
  public void writeBody(byte[] target, int at) {
    if (isInflated()) {
      ByteBuffer body = message.body();
      body.get(target, at, body.remaining());
    } else {
      System.arraycopy(message.array(), message.bodyStart(), target, at, message.bodyLength());
    }
  }

  @Override
  public int propertiesBound() {
    return properties.bound(message.propertiesEnd() - message.propertiesStart());
  }

  @Override
  public int writeProperties(byte[] target, int at) {
    return properties.write(
        message.array(),
        message.propertiesStart(),
        message.propertiesEnd(),
        target,
        at,
        message.offset());
  }

  @Override
  public boolean leftUnstamped() {
    return properties.leftUnstamped();
  }
}
