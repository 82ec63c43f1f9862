package io.sluice.benchmarks.copier;

import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;

/** A message of another topic with the same content. */
final class CopiedMessage {
  private CopiedMessage() {}

  /** Shares the properties with the message, and changes them. */
  static Message of(MessageExt message, String topic) {
    Message copy = new Message(topic, message.getBody());
    copy.setFlag(message.getFlag());
    MessageAccessor.setProperties(copy, message.getProperties());
    MessageAccessor.clearProperty(copy, MessageConst.PROPERTY_MIN_OFFSET);
    MessageAccessor.clearProperty(copy, MessageConst.PROPERTY_MAX_OFFSET);
    return copy;
  }
}
