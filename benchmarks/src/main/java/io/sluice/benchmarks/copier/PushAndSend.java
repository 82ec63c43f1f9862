package io.sluice.benchmarks.copier;

import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * A push consumer with RocketMQ's defaults, whose listener sends each message and waits for the
 * answer. Keeps the content, but no order: 20 threads take the messages, and any queue gets them.
 */
final class PushAndSend {
  private PushAndSend() {}

  /**
   * @param arguments a {@link Copy}
   */
  public static void main(String[] arguments) throws Exception {
    Copy copy = Copy.of(arguments);
    DefaultMQProducer producer = new DefaultMQProducer(copy.group());
    producer.setNamesrvAddr(copy.to());
    producer.setInstanceName("target");
    producer.start();
    DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(copy.group());
    consumer.setNamesrvAddr(copy.from());
    consumer.setInstanceName("source");
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
    consumer.subscribe(copy.topic(), "*");
    consumer.registerMessageListener(sendingTo(producer, copy.targetTopic()));
    consumer.start();
  }

  private static MessageListenerConcurrently sendingTo(DefaultMQProducer producer, String topic) {
    return (messages, context) -> {
      try {
        for (MessageExt message : messages) {
          producer.send(CopiedMessage.of(message, topic));
        }
        return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
      } catch (Exception failure) {
        return ConsumeConcurrentlyStatus.RECONSUME_LATER;
      }
    };
  }
}
