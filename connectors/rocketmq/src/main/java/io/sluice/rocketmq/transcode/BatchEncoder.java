package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Batch;

/**
 * Cuts batches into send requests. Stored messages are transcoded byte by byte; records of any
 * other payload are encoded from their views.
 *
 * <p>Compressed bodies stay compressed, as their producers chose, if the target's consumers can
 * inflate them.
 *
 * <p>For one thread, which may use it for many batches.
 */
public final class BatchEncoder {
  private final EncoderLimits limits;
  private final Stamping stamping;
  private final RequestSize size;
  private final Compressions known;
  private final Buffers buffers;
  private byte[] buffer = Buffers.NONE;
  private long unstamped;

  /** An encoder with a buffer of its own, for consumers that can inflate everything. */
  public BatchEncoder(EncoderLimits limits, Stamping stamping) {
    this(limits, RequestSize.of(limits), stamping, Compressions.ALL, new Buffers());
  }

  /**
   * @param size how large requests are made, of these limits
   * @param known what the target's consumers can inflate
   * @param buffers shared with other encoders
   */
  public BatchEncoder(
      EncoderLimits limits,
      RequestSize size,
      Stamping stamping,
      Compressions known,
      Buffers buffers) {
    this.known = known;
    this.buffers = buffers;
    this.limits = limits;
    this.stamping = stamping;
    this.size = size;
  }

  /**
   * The selected records of a batch, in order, cut into requests. Each request is encoded when it
   * is asked for.
   *
   * <p>{@code next()} throws a {@link io.sluice.sdk.error.SluiceException} when the record that
   * would come next, the first one from the end of the request before, cannot be sent: {@code
   * rocketmq.record-too-large}, {@code rocketmq.bad-property}. It does so again when called again.
   */
  public Requests requests(Batch batch) {
    PropertyWriter properties =
        new PropertyWriter(batch.partition(), batch.first().incarnation(), stamping);
    RecordWriter writer =
        batch.payload() instanceof StoredMessages messages
            ? new StoredWriter(messages, properties, known)
            : new ViewWriter(batch.payload(), properties);
    return new Requests(this, batch, writer);
  }

  /**
   * Records sent so far without an origin, because their properties left no room for it: a property
   * string holds at most 32,767 bytes. Such a record crosses like any other, but cannot be found
   * again at the target, so a restart right behind it may send it twice.
   */
  public long unstamped() {
    return unstamped;
  }

  void countUnstamped() {
    unstamped++;
  }

  /** How large requests are made; whoever sends them tells it how long answers take. */
  public RequestSize size() {
    return size;
  }

  EncoderLimits limits() {
    return limits;
  }

  /** Borrows a buffer for a request. */
  void begin() {
    buffer = buffers.borrow();
  }

  /** The borrowed buffer, its content kept, with room for so many bytes. */
  byte[] buffer(int bytes) {
    if (buffer.length < bytes) {
      byte[] larger = new byte[Math.max(bytes, Math.min(2 * buffer.length, size.bytes()))];
      System.arraycopy(buffer, 0, larger, 0, buffer.length);
      buffer = larger;
    }
    return buffer;
  }

  /** The request is made: its buffer serves others. */
  void end() {
    buffers.giveBack(buffer);
    buffer = Buffers.NONE;
  }
}
