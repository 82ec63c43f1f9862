package io.sluice.rocketmq.transcode;

import java.nio.charset.StandardCharsets;

/**
 * How large send requests get.
 *
 * @param targetBytes size of the body up to which records are put together, in bytes; one record
 *     may exceed it. Much more than the default brings little and makes garbage collectors treat
 *     each request as a huge object
 * @param maxBytes {@code maxMessageSize} of the target broker, in bytes
 * @param topicBytes length of the target's topic, which is stored with each record, in bytes
 */
public record EncoderLimits(int targetBytes, int maxBytes, int topicBytes) {

  /** What RocketMQ's store format has room for. */
  private static final int LONGEST_TOPIC = 255;

  /** 256 KiB, and the 4 MiB that brokers take unless told otherwise. */
  public static final EncoderLimits DEFAULT = new EncoderLimits(256 << 10, 4 << 20);

  /** The store format's fields with hosts of IPv6. */
  private static final int STORED_FIELDS = 91 + 24;

  /** Far more than RocketMQ's frames hold; sums of lengths stay within an int. */
  private static final int LARGEST = 1 << 29;

  public EncoderLimits {
    if (targetBytes < 1
        || maxBytes < 1
        || maxBytes > LARGEST
        || topicBytes < 0
        || topicBytes > LONGEST_TOPIC) {
      throw new IllegalArgumentException(
          "no limits: " + targetBytes + ", " + maxBytes + ", " + topicBytes);
    }
  }

  /** Limits for any topic. */
  public EncoderLimits(int targetBytes, int maxBytes) {
    this(targetBytes, maxBytes, LONGEST_TOPIC);
  }

  public EncoderLimits forTopic(String topic) {
    return new EncoderLimits(targetBytes, maxBytes, topic.getBytes(StandardCharsets.UTF_8).length);
  }

  /**
   * What a broker stores for a record beside body and properties, at most, in bytes. 4.8 limits the
   * sum of what it stores, later brokers the sum of the envelopes.
   */
  int storedOverhead() {
    return STORED_FIELDS + topicBytes;
  }
}
