package io.sluice.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * The time at which a message was sent, on this JVM's clock {@link System#nanoTime}: the first
 * eight bytes of its body, as not every copier keeps properties.
 */
final class SentAt {
  private SentAt() {}

  /** A body with the time of now. */
  static byte[] now(byte[] body) {
    byte[] stamped = body.clone();
    ByteBuffer.wrap(stamped).putLong(System.nanoTime());
    return stamped;
  }

  static long of(byte[] body) {
    return ByteBuffer.wrap(body).getLong();
  }
}
