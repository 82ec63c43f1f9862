package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.stored.PropertyBytes;
import io.sluice.sdk.batch.Partition;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The {@link OriginStamp origins} of records whose properties travel one by one, as texts. For one
 * thread.
 */
public final class StampText {
  private static final String NAME = OriginStamp.PROPERTY + (char) PropertyBytes.NAME_END;

  private final PropertyWriter writer;
  private byte[] buffer = new byte[512];

  /** For the records of one partition and incarnation. */
  public StampText(Partition partition, int incarnation, Stamping stamping) {
    this.writer = new PropertyWriter(partition, incarnation, stamping);
  }

  /** What the property of a record becomes. */
  public sealed interface Next {

    /** The record has been in the written topic before and is not to be sent. */
    record Echo() implements Next {}

    /**
     * @param value empty where records are not stamped, or an earlier stamp is too long
     */
    record Value(Optional<String> value) implements Next {}
  }

  /**
   * The property of the copy.
   *
   * @param before the property of the record
   * @param offset the record's, in its partition
   */
  public Next next(Optional<String> before, long offset) {
    byte[] source =
        before
            .map(value -> NAME + value + (char) PropertyBytes.VALUE_END)
            .orElse("")
            .getBytes(StandardCharsets.UTF_8);
    int bound = writer.bound(source.length);
    if (buffer.length < bound) {
      buffer = new byte[bound];
    }
    int end = writer.write(source, 0, source.length, buffer, 0, offset);
    if (end == PropertyWriter.ECHO) {
      return new Next.Echo();
    }
    return new Next.Value(
        end == 0
            ? Optional.empty()
            : Optional.of(
                new String(
                    buffer, NAME.length(), end - 1 - NAME.length(), StandardCharsets.UTF_8)));
  }
}
