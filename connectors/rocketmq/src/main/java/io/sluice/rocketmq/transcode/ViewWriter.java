package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.FormatError;
import io.sluice.rocketmq.stored.PropertyBytes;
import io.sluice.sdk.batch.Payload;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.record.RecordCursor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.common.message.MessageClientIDSetter;
import org.apache.rocketmq.common.message.MessageConst;

/**
 * Encodes records that are not stored messages, from their views. Each gets a message ID if it has
 * none: consumers would otherwise see its place in the broker's log instead.
 */
final class ViewWriter implements RecordWriter {
  private final RecordCursor record;
  private final PropertyWriter properties;
  private int encodedIndex = -1;
  private byte[] propertyBytes = new byte[0];
  private ByteBuffer body = ByteBuffer.allocate(0);

  ViewWriter(Payload payload, PropertyWriter properties) {
    this.record = payload.cursor();
    this.properties = properties;
  }

  @Override
  public void moveTo(int index) {
    if (encodedIndex == index) {
      return;
    }
    while (record.index() < index && record.advance()) {
      // What is not selected stays out.
    }
    body = record.body();
    propertyBytes = encodeProperties().getBytes(StandardCharsets.UTF_8);
    encodedIndex = index;
  }

  private String encodeProperties() {
    StringBuilder text = new StringBuilder();
    record.forEachUserProperty(
        (name, value) -> {
          if (PropertyTable.strips(name)) {
            throw bad(name, "is a control property of RocketMQ's, which does not cross");
          }
          append(text, name, value);
        });
    // After the user's: of two properties with one name readers see the last.
    record.forEachSystemProperty(
        (name, value) -> {
          // The origin is read off, and left out, by the writer.
          if (!PropertyTable.strips(name) || name.equals(OriginStamp.PROPERTY)) {
            append(text, name, value);
          }
        });
    String uniqueKey = MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX;
    if (record.systemProperty(uniqueKey).or(() -> record.userProperty(uniqueKey)).isEmpty()) {
      append(text, uniqueKey, MessageClientIDSetter.createUniqID());
    }
    return text.toString();
  }

  private void append(StringBuilder text, String name, String value) {
    if (name.isEmpty()) {
      throw bad(name, "has no name");
    }
    if (hasSeparator(name) || hasSeparator(value)) {
      throw bad(name, "holds U+0001 or U+0002, which separate properties");
    }
    text.append(name)
        .append((char) PropertyBytes.NAME_END)
        .append(value)
        .append((char) PropertyBytes.VALUE_END);
  }

  private static boolean hasSeparator(String text) {
    return text.indexOf(PropertyBytes.NAME_END) >= 0 || text.indexOf(PropertyBytes.VALUE_END) >= 0;
  }

  private RefusedRecordException bad(String name, String why) {
    return new RefusedRecordException(
        FormatError.BAD_PROPERTY,
        "Property '" + name + "' of the record at position " + record.position() + " " + why,
        Location.NONE);
  }

  @Override
  public long offset() {
    return record.position().offset();
  }

  @Override
  public int compression() {
    return 0;
  }

  @Override
  public long bornMillis() {
    return record.bornAt().toEpochMilli();
  }

  @Override
  public int flag() {
    return record.flag();
  }

  @Override
  public int bodyLength() {
    return body.remaining();
  }

  @Override
  public void writeBody(byte[] target, int at) {
    body.duplicate().get(target, at, body.remaining());
  }

  @Override
  public int propertiesBound() {
    return properties.bound(propertyBytes.length);
  }

  @Override
  public int writeProperties(byte[] target, int at) {
    return properties.write(propertyBytes, 0, propertyBytes.length, target, at, offset());
  }

  @Override
  public boolean leftUnstamped() {
    return properties.leftUnstamped();
  }
}
