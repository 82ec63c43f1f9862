package io.sluice.rocketmq.topics;

import java.util.regex.Pattern;
import org.apache.rocketmq.common.topic.TopicValidator;

/** Names that records may give their topics. */
final class TopicNames {
  /**
   * As brokers have them ({@code TopicValidator}), but for those with {@code %}: topics of retries
   * and dead letters, which belong to groups.
   */
  private static final Pattern VALID = Pattern.compile("[|a-zA-Z0-9_-]{1,127}");

  private TopicNames() {}

  static boolean isWritable(String topic) {
    return VALID.matcher(topic).matches()
        && !TopicValidator.isSystemTopic(topic)
        && !TopicValidator.isNotAllowedSendTopic(topic);
  }
}
