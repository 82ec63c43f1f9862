package io.sluice.rocketmq.stored;

import io.sluice.rocketmq.FormatError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.compression.CompressorFactory;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/** A message body that its producer compressed with zlib, LZ4 or Zstandard. */
public final class CompressedBody {
  private static final int LZ4_FRAME = 0x04224D18;
  private static final int ZSTD_FRAME = 0x28B52FFD;

  private CompressedBody() {}

  /** Whether a message's body is one; without bytes there is nothing to inflate. */
  static boolean is(StoredCursor message) {
    return (message.sysFlag() & MessageSysFlag.COMPRESSED_FLAG) != 0 && message.bodyLength() > 0;
  }

  /**
   * The body as it was before it was compressed.
   *
   * @throws SluiceException {@link FormatError#CORRUPT_RECORD}
   */
  static byte[] inflate(StoredCursor message) {
    int start = message.bodyStart();
    byte[] compressed = Arrays.copyOfRange(message.array(), start, start + message.bodyLength());
    return inflate(
        compressed,
        () -> MessageSysFlag.getCompressionType(message.sysFlag()),
        "the message at queue offset " + message.offset());
  }

  /**
   * The same where only the bytes tell how they are compressed, as by gRPC: each of RocketMQ's
   * three formats begins with a mark of its own (RFC 1950, the frame formats of LZ4 and Zstandard).
   *
   * @param what whose body it is
   * @throws SluiceException {@link FormatError#CORRUPT_RECORD}
   */
  public static byte[] inflate(byte[] compressed, String what) {
    return inflate(compressed, () -> kind(compressed), what);
  }

  private static CompressionType kind(byte[] compressed) {
    int mark = compressed.length < 4 ? 0 : ByteBuffer.wrap(compressed).getInt();
    return switch (mark) {
      case LZ4_FRAME -> CompressionType.LZ4;
      case ZSTD_FRAME -> CompressionType.ZSTD;
      default -> CompressionType.ZLIB;
    };
  }

  private static byte[] inflate(byte[] compressed, Supplier<CompressionType> kind, String what) {
    try {
      return CompressorFactory.getCompressor(kind.get()).decompress(compressed);
    } catch (IOException | RuntimeException e) {
      // Unknown kinds of compression and damaged streams come as either.
      throw new SluiceException(
          FormatError.CORRUPT_RECORD,
          "The body of " + what + " cannot be inflated",
          Location.NONE,
          FormatError.CORRUPT_RECORD.remedy(),
          e);
    }
  }
}
