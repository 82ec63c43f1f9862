package io.sluice.rocketmq.stored;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What one PULL answered: messages in store format, back to back, undecoded. Immutable. Batches
 * that the broker stores as one message are unwrapped.
 *
 * <p>Its making walks over the messages once, by their lengths, and proves that they fit; whoever
 * reads them afterwards need not check again.
 */
public final class StoredChunk {
  private static final int USUAL_COUNT = 32;

  private final byte[] bytes;
  private final int[] starts;
  private final long offsetDelta;

  private StoredChunk(byte[] bytes, int[] starts, long offsetDelta) {
    this.bytes = bytes;
    this.starts = starts;
    this.offsetDelta = offsetDelta;
  }

  /**
   * The messages of an answer.
   *
   * @param bytes body of the answer; taken over, not copied
   * @throws io.sluice.sdk.error.SluiceException {@code rocketmq.corrupt-record} if these are not
   *     whole messages, at least one, by ascending queue offset
   */
  public static StoredChunk of(byte[] bytes) {
    return of(bytes, 0);
  }

  /**
   * The messages of an answer, whose queue offsets are to be shifted.
   *
   * @param offsetDelta what to add to each queue offset: for static topics the answer's {@code
   *     offsetDelta}, otherwise 0
   * @see #of(byte[])
   */
  public static StoredChunk of(byte[] bytes, long offsetDelta) {
    Objects.requireNonNull(bytes);
    int[] starts = new int[USUAL_COUNT];
    int count = 0;
    boolean innerBatches = false;
    long last = -1;
    int at = 0;
    do {
      int end = StoreFormat.endOf(bytes, at);
      long offset = StoreFormat.longAt(bytes, at + StoreFormat.QUEUE_OFFSET) + offsetDelta;
      if (offset <= last) {
        throw StoreFormat.corrupt(at, "its queue offset is " + offset + " after " + last);
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
      }
      innerBatches |= InnerBatch.is(StoreFormat.intAt(bytes, at + StoreFormat.SYS_FLAG));
      starts[count++] = at;
      last = offset;
      at = end;
    } while (at < bytes.length);
    StoredChunk chunk = new StoredChunk(bytes, Arrays.copyOf(starts, count), offsetDelta);
    return innerBatches ? of(InnerBatch.unwrap(chunk), offsetDelta) : chunk;
  }

  /**
   * The messages from an offset on, if there are any. An answer may begin before the offset that
   * was asked for: it holds whole batches.
   */
  public Optional<StoredChunk> from(long offset) {
    return part(indexOf(offset), starts.length);
  }

  /** The messages before an offset, if there are any. */
  public Optional<StoredChunk> before(long offset) {
    return part(0, indexOf(offset));
  }

  /** Index of the first message at an offset or behind it. */
  private int indexOf(long offset) {
    if (offset <= firstOffset()) {
      return 0;
    }
    int index = starts.length;
    while (offset(index - 1) >= offset) {
      index--;
    }
    return index;
  }

  private Optional<StoredChunk> part(int from, int to) {
    if (from == 0 && to == starts.length) {
      return Optional.of(this);
    }
    return from == to
        ? Optional.empty()
        : Optional.of(new StoredChunk(bytes, Arrays.copyOfRange(starts, from, to), offsetDelta));
  }

  /** Number of messages, at least 1. */
  public int count() {
    return starts.length;
  }

  /** Memory held by the messages, in bytes. */
  public long bytes() {
    return bytes.length;
  }

  /** Queue offset of the first message. */
  public long firstOffset() {
    return offset(0);
  }

  /** Queue offset of the last message. */
  public long lastOffset() {
    return offset(starts.length - 1);
  }

  /** When the broker stored the first message, in milliseconds. */
  public long firstStoredMillis() {
    return storedMillis(0);
  }

  /** When the broker stored the last message, in milliseconds. */
  public long lastStoredMillis() {
    return storedMillis(starts.length - 1);
  }

  private long storedMillis(int index) {
    int sysFlag = StoreFormat.intAt(bytes, starts[index] + StoreFormat.SYS_FLAG);
    return StoreFormat.longAt(bytes, starts[index] + StoreFormat.storedAt(sysFlag));
  }

  long offset(int index) {
    return StoreFormat.longAt(bytes, starts[index] + StoreFormat.QUEUE_OFFSET) + offsetDelta;
  }

  int start(int index) {
    return starts[index];
  }

  byte[] array() {
    return bytes;
  }

  @Override
  public String toString() {
    return count() + " messages, " + firstOffset() + " to " + lastOffset();
  }
}
