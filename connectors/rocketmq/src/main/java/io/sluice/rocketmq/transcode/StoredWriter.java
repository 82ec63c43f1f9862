package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.stored.StoredCursor;
import io.sluice.rocketmq.stored.StoredMessages;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/** Transcodes stored messages: nothing becomes an object. */
final class StoredWriter implements RecordWriter {
  private static final int COMPRESSION =
      MessageSysFlag.COMPRESSED_FLAG | MessageSysFlag.COMPRESSION_TYPE_COMPARATOR;

  private final StoredCursor message;
  private final PropertyWriter properties;

  StoredWriter(StoredMessages messages, PropertyWriter properties) {
    this.message = messages.cursor();
    this.properties = properties;
  }

  @Override
  public void moveTo(int index) {
    message.moveTo(index);
  }

  @Override
  public long offset() {
    return message.offset();
  }

  @Override
  public int compression() {
    int sysFlag = message.sysFlag();
    return (sysFlag & MessageSysFlag.COMPRESSED_FLAG) == 0 ? 0 : sysFlag & COMPRESSION;
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
    return message.bodyLength();
  }

  @Override
  public void writeBody(byte[] target, int at) {
    System.arraycopy(message.array(), message.bodyStart(), target, at, message.bodyLength());
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
