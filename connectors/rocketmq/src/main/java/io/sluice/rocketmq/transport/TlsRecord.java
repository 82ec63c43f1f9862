package io.sluice.rocketmq.transport;

import io.netty.buffer.ByteBuf;

/**
 * Tells TLS by its first byte, the type of a record (RFC 8446, 5.1). RocketMQ's own frames begin
 * with a zero, as they are smaller than 16 MiB.
 */
final class TlsRecord {
  private static final byte ALERT = 21;
  private static final byte HANDSHAKE = 22;

  private TlsRecord() {}

  /** Whether it says that something is wrong, such as that TLS was expected. */
  static boolean isAlert(ByteBuf bytes) {
    return type(bytes) == ALERT;
  }

  /** Whether it may be the answer to the beginning of a handshake. */
  static boolean isAnswer(ByteBuf bytes) {
    return type(bytes) == HANDSHAKE || isAlert(bytes);
  }

  private static int type(ByteBuf bytes) {
    return bytes.isReadable() ? bytes.getByte(bytes.readerIndex()) : 0;
  }
}
