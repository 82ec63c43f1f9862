package io.sluice.rocketmq.transcode;

/**
 * How large send requests get.
 *
 * @param targetBytes size of the body up to which records are put together, in bytes; one record
 *     may exceed it. Much more than the default brings little and makes garbage collectors treat
 *     each request as a huge object
 * @param maxBytes {@code maxMessageSize} of the target broker, in bytes
 */
public record EncoderLimits(int targetBytes, int maxBytes) {

  /** 256 KiB, and the 4 MiB that brokers take unless told otherwise. */
  public static final EncoderLimits DEFAULT = new EncoderLimits(256 << 10, 4 << 20);

  /** Share of {@code maxBytes} that a batch may take: it is counted with what is stored beside. */
  private static final double ROOM = 0.8;

  /** Far more than RocketMQ's frames hold; sums of lengths stay within an int. */
  private static final int LARGEST = 1 << 29;

  /** Size of a body that a broker certainly takes, in bytes. */
  int largestBatchBytes() {
    return (int) (ROOM * maxBytes);
  }

  public EncoderLimits {
    if (targetBytes < 1 || maxBytes < 1 || maxBytes > LARGEST) {
      throw new IllegalArgumentException("no limits: " + targetBytes + ", " + maxBytes);
    }
  }
}
