package io.sluice.rocketmq.stored;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.RecordCursor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * A view that moves over stored messages. Whoever wants a message's bytes as they are finds here
 * where they lie; the other methods decode what is asked for, and nothing else. For one thread.
 */
public final class StoredCursor implements RecordCursor {
  private static final byte[] TAGS = "TAGS".getBytes(StandardCharsets.UTF_8);
  private static final byte[] KEYS = "KEYS".getBytes(StandardCharsets.UTF_8);

  private final StoredChunk[] chunks;
  private final int[] firstIndexes;
  private final int incarnation;
  private final UnaryOperator<String> topicNames;

  private int index = -1;
  private int chunk = -1;
  private int indexInChunk;
  private byte[] bytes = new byte[0];
  private int start;
  private int sysFlag;
  private int bodyStart;
  private int bodyLength;
  private int topicStart;
  private int topicEnd;
  private int propertiesStart;
  private int propertiesEnd;
  private int inflatedIndex = -1;
  private byte[] inflated = bytes;

  StoredCursor(
      StoredChunk[] chunks, int[] firstIndexes, int incarnation, UnaryOperator<String> topicNames) {
    this.incarnation = incarnation;
    this.topicNames = topicNames;
    this.chunks = chunks;
    this.firstIndexes = firstIndexes;
  }

  @Override
  public boolean advance() {
    if (chunk < 0 || indexInChunk + 1 == chunks[chunk].count()) {
      if (chunk + 1 == chunks.length) {
        return false;
      }
      chunk++;
      indexInChunk = 0;
    } else {
      indexInChunk++;
    }
    index++;
    locate();
    return true;
  }

  /**
   * Shows the message of an index, forwards or backwards.
   *
   * @param wanted at least 0, below the number of messages
   */
  public void moveTo(int wanted) {
    if (wanted == index + 1 && advance()) {
      return;
    }
    int found = Arrays.binarySearch(firstIndexes, wanted);
    chunk = found >= 0 ? found : -found - 2;
    indexInChunk = wanted - firstIndexes[chunk];
    index = wanted;
    locate();
  }

  private void locate() {
    bytes = chunks[chunk].array();
    start = chunks[chunk].start(indexInChunk);
    sysFlag = StoreFormat.intAt(bytes, start + StoreFormat.SYS_FLAG);
    bodyStart = start + StoreFormat.bodyLengthAt(sysFlag) + Integer.BYTES;
    bodyLength = StoreFormat.intAt(bytes, bodyStart - Integer.BYTES);
    int topicLengthAt = bodyStart + bodyLength;
    int topicLengthSize = StoreFormat.topicLengthSize(bytes, start);
    topicStart = topicLengthAt + topicLengthSize;
    topicEnd = topicStart + StoreFormat.topicLength(bytes, topicLengthAt, topicLengthSize);
    propertiesStart = topicEnd + Short.BYTES;
    propertiesEnd = propertiesStart + StoreFormat.unsignedShortAt(bytes, topicEnd);
  }

  @Override
  public int index() {
    return index;
  }

  /** The array that holds the message, among others. Not to be changed. */
  public byte[] array() {
    return bytes;
  }

  /** Queue offset. */
  public long offset() {
    return chunks[chunk].offset(indexInChunk);
  }

  /** Flags of the messaging system, RocketMQ's {@code MessageSysFlag}. */
  public int sysFlag() {
    return sysFlag;
  }

  /** Where in the array the message starts. It ends where its properties end. */
  int start() {
    return start;
  }

  /** Where in the array the body starts. */
  public int bodyStart() {
    return bodyStart;
  }

  /** Length of the body as stored, compressed or not, in bytes. */
  public int bodyLength() {
    return bodyLength;
  }

  /** Where in the array the property string starts. */
  public int propertiesStart() {
    return propertiesStart;
  }

  /** Where in the array the property string ends. */
  public int propertiesEnd() {
    return propertiesEnd;
  }

  /** When the sender made it, in milliseconds. */
  public long bornMillis() {
    return StoreFormat.longAt(bytes, start + StoreFormat.BORN_AT);
  }

  @Override
  public Position position() {
    return new Position(incarnation, offset());
  }

  @Override
  public String topic() {
    return topicNames.apply(
        new String(bytes, topicStart, topicEnd - topicStart, StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> tag() {
    return property(TAGS);
  }

  @Override
  public Optional<String> keys() {
    return property(KEYS);
  }

  @Override
  public Optional<String> userProperty(String name) {
    return SystemNames.contains(name) ? Optional.empty() : property(name);
  }

  @Override
  public Optional<String> systemProperty(String name) {
    return SystemNames.contains(name) ? property(name) : Optional.empty();
  }

  @Override
  public void forEachUserProperty(BiConsumer<String, String> action) {
    forEachProperty(false, action);
  }

  @Override
  public void forEachSystemProperty(BiConsumer<String, String> action) {
    forEachProperty(true, action);
  }

  private void forEachProperty(boolean ofSystem, BiConsumer<String, String> action) {
    PropertyBytes properties = new PropertyBytes();
    properties.reset(bytes, propertiesStart, propertiesEnd);
    while (properties.next()) {
      if (properties.isVisible()) {
        String name = properties.name();
        if (SystemNames.contains(name) == ofSystem) {
          action.accept(name, properties.value());
        }
      }
    }
  }

  private Optional<String> property(String name) {
    boolean possible =
        !name.isEmpty()
            && name.indexOf(PropertyBytes.NAME_END) < 0
            && name.indexOf(PropertyBytes.VALUE_END) < 0;
    return possible ? property(name.getBytes(StandardCharsets.UTF_8)) : Optional.empty();
  }

  private Optional<String> property(byte[] name) {
    long value = PropertyBytes.find(bytes, propertiesStart, propertiesEnd, name);
    if (value < 0) {
      return Optional.empty();
    }
    int valueStart = (int) (value >>> Integer.SIZE);
    return Optional.of(
        new String(bytes, valueStart, (int) value - valueStart, StandardCharsets.UTF_8));
  }

  /** Whether the message has a tag, and it is one of these, in UTF-8. */
  public boolean hasTag(byte[][] values) {
    long value = PropertyBytes.find(bytes, propertiesStart, propertiesEnd, TAGS);
    if (value >= 0) {
      int valueStart = (int) (value >>> Integer.SIZE);
      for (byte[] candidate : values) {
        if (Arrays.equals(bytes, valueStart, (int) value, candidate, 0, candidate.length)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public ByteBuffer body() {
    if (!CompressedBody.is(this)) {
      return ByteBuffer.wrap(bytes, bodyStart, bodyLength).slice().asReadOnlyBuffer();
    }
    if (inflatedIndex != index) {
      inflated = CompressedBody.inflate(this);
      inflatedIndex = index;
    }
    return ByteBuffer.wrap(inflated).asReadOnlyBuffer();
  }

  @Override
  public int flag() {
    return StoreFormat.intAt(bytes, start + StoreFormat.FLAG);
  }

  @Override
  public Instant bornAt() {
    return Instant.ofEpochMilli(bornMillis());
  }

  @Override
  public Instant storedAt() {
    return Instant.ofEpochMilli(StoreFormat.longAt(bytes, start + StoreFormat.storedAt(sysFlag)));
  }

  @Override
  public String toString() {
    return index < 0 ? "before the first message" : topic() + "@" + offset();
  }
}
