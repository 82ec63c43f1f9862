package io.sluice.rocketmq.source;

import io.sluice.rocketmq.stored.TagExpression;
import java.util.Optional;

/**
 * {@code source: {rocketmq: {…}}}. The keys are described in the schema.
 *
 * @param groupID without it nothing is committed or registered at the instance
 * @param timestamp milliseconds or ISO-8601 with zone; only with {@link
 *     ConsumeOffset#CONSUME_FROM_TIMESTAMP}
 */
public record RocketMqSourceConfiguration(
    String instance,
    String topic,
    Optional<String> groupID,
    String filterType,
    String tag,
    ConsumeOffset offset,
    Optional<String> timestamp,
    String onGap) {

  /**
   * @throws io.sluice.sdk.error.SluiceException if tag expression or timestamp cannot be read
   */
  public RocketMqSourceConfiguration {
    TagExpression.parse(tag);
    StartPosition.of(offset, timestamp);
    OnGap.of(onGap);
  }

  /** Reads everything of a topic from its first or last message on, without a group. */
  public static RocketMqSourceConfiguration groupless(
      String instance, String topic, ConsumeOffset offset, Optional<String> timestamp) {
    return new RocketMqSourceConfiguration(
        instance, topic, Optional.empty(), "TAG", "*", offset, timestamp, "earliest");
  }
}
