package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.FormatError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.SluiceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The requests of one batch. In a batch's body each record has an envelope ({@code
 * MessageDecoder.encodeMessage}): total length, magic and CRC (both 0: the broker sets them), flag,
 * body length, body, properties length, properties. For one thread.
 */
public final class Requests {
  private static final int FLAG = 12;
  private static final int BODY_LENGTH = 16;

  /** The envelope up to the body. */
  private static final int HEAD = 20;

  private static final int ENVELOPE = HEAD + Short.BYTES;

  private static final int NOTHING = -2;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private final BatchEncoder encoder;
  private final EncoderLimits limits;
  private final Batch batch;
  private final RecordWriter record;
  private int index;
  private long echoes;

  /** Of the request that is being put together: its bytes, and what a broker would store of it. */
  private int end;

  private long stored;

  /** Offset behind the last record that was put into a request or left out. */
  private long done;

  Requests(BatchEncoder encoder, Batch batch, RecordWriter record) {
    this.encoder = encoder;
    this.limits = encoder.limits();
    this.batch = batch;
    this.record = record;
    this.index = batch.selection().next(0);
  }

  /**
   * The next request, or nothing when all records are through.
   *
   * @throws SluiceException when the first record that is left cannot be sent: {@code
   *     rocketmq.record-too-large}, {@code rocketmq.bad-property}; and again when called again
   */
  public Optional<SendRequest> next() {
    end = 0;
    stored = 0;
    encoder.begin();
    try {
      return made();
    } finally {
      encoder.end();
    }
  }

  private Optional<SendRequest> made() {
    int written = firstWritten();
    if (written == NOTHING) {
      return Optional.empty();
    }
    check("properties", propertiesLength(written), PropertyWriter.LONGEST);
    return Optional.of(storedWith(written) > limits.maxBytes() ? single(written) : batch(written));
  }

  /**
   * Records that were left out so far, because they have been at the target before. They lie before
   * the end of the last request, or of the batch if there are no more.
   */
  public long echoes() {
    return echoes;
  }

  private int firstWritten() {
    while (index >= 0) {
      record.moveTo(index);
      check("a body", record.bodyLength(), limits.maxBytes());
      int written = write();
      if (written != PropertyWriter.ECHO) {
        return written;
      }
      passOver();
    }
    return NOTHING;
  }

  private SendRequest batch(int firstWritten) {
    long first = record.offset();
    int compression = record.compression();
    long bornMillis = record.bornMillis();
    int count = 0;
    int written = firstWritten;
    do {
      accept(written);
      count++;
      written = nextWritten(compression);
    } while (written > end);
    byte[] body = Arrays.copyOf(encoder.buffer(end), end);
    return new BatchRequest(count, at(first), at(done), compression, bornMillis, body);
  }

  private int nextWritten(int compression) {
    while (index >= 0) {
      int written = writeIfItFits(compression);
      if (written != PropertyWriter.ECHO) {
        return written;
      }
      passOver();
    }
    return NOTHING;
  }

  private void passOver() {
    echoes++;
    done = record.offset() + 1;
    index = batch.selection().next(index + 1);
  }

  private Position at(long offset) {
    return batch.first().at(offset);
  }

  private void accept(int written) {
    stored = storedWith(written);
    end = written;
    done = record.offset() + 1;
    if (record.leftUnstamped()) {
      encoder.countUnstamped();
    }
    index = batch.selection().next(index + 1);
  }

  /** Writes the next record behind the others and answers where it ends, or answers nothing. */
  private int writeIfItFits(int compression) {
    try {
      record.moveTo(index);
    } catch (SluiceException e) {
      return NOTHING; // It says so again when it is the first of a request.
    }
    if (record.compression() != compression
        || end + ENVELOPE + (long) record.bodyLength() > encoder.size().bytes()) {
      return NOTHING;
    }
    int written = write();
    if (written == PropertyWriter.ECHO) {
      return written;
    }
    boolean fits =
        written <= encoder.size().bytes()
            && storedWith(written) <= limits.maxBytes()
            && propertiesLength(written) <= PropertyWriter.LONGEST;
    return fits ? written : NOTHING;
  }

  private int write() {
    int bodyLength = record.bodyLength();
    int propertiesAt = end + ENVELOPE + bodyLength;
    byte[] buffer = encoder.buffer(propertiesAt + record.propertiesBound());
    record.writeBody(buffer, end + HEAD);
    int written = record.writeProperties(buffer, propertiesAt);
    if (written == PropertyWriter.ECHO) {
      return written;
    }
    INTS.set(buffer, end, written - end);
    Arrays.fill(buffer, end + Integer.BYTES, end + FLAG, (byte) 0);
    INTS.set(buffer, end + FLAG, record.flag());
    INTS.set(buffer, end + BODY_LENGTH, bodyLength);
    SHORTS.set(buffer, propertiesAt - Short.BYTES, (short) (written - propertiesAt));
    return written;
  }

  private int propertiesLength(int written) {
    return written - end - ENVELOPE - record.bodyLength();
  }

  private long storedWith(int written) {
    return stored + written - end + limits.storedOverhead();
  }

  private SendRequest single(int written) {
    byte[] buffer = encoder.buffer(written);
    int bodyEnd = HEAD + record.bodyLength();
    int propertiesAt = bodyEnd + Short.BYTES;
    SingleRequest request =
        new SingleRequest(
            at(record.offset()),
            at(record.offset() + 1),
            record.compression(),
            record.bornMillis(),
            new String(buffer, propertiesAt, written - propertiesAt, StandardCharsets.UTF_8),
            record.flag(),
            Arrays.copyOfRange(buffer, HEAD, bodyEnd));
    accept(written);
    return request;
  }

  private void check(String what, int length, int limit) {
    if (length > limit) {
      throw new RefusedRecordException(
          FormatError.RECORD_TOO_LARGE,
          "The record at position %d of %s has %s of %d bytes; the target takes %d"
              .formatted(record.offset(), batch.partition(), what, length, limit),
          Location.NONE);
    }
  }
}
