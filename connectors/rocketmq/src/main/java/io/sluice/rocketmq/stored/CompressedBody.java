package io.sluice.rocketmq.stored;

import io.sluice.rocketmq.FormatError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.rocketmq.common.compression.CompressorFactory;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/** A message body that its producer compressed with zlib, LZ4 or Zstandard. */
final class CompressedBody {
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
    try {
      return CompressorFactory.getCompressor(MessageSysFlag.getCompressionType(message.sysFlag()))
          .decompress(compressed);
    } catch (IOException | RuntimeException e) {
      // Unknown kinds of compression and damaged streams come as either.
      throw new SluiceException(
          FormatError.CORRUPT_RECORD,
          "The body of the message at queue offset " + message.offset() + " cannot be inflated",
          Location.NONE,
          FormatError.CORRUPT_RECORD.remedy(),
          e);
    }
  }
}
