package io.sluice.benchmarks.copier;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * Pulls up to 32 messages of a queue, sends them as one batch to the queue of the same number, and
 * begins again: a thread for each queue. Keeps order and content; knows no checkpoints, and stops
 * at the first error.
 */
// The only public client that pulls from a queue what it is told to, and no more.
@SuppressWarnings("deprecation")
final class DecodeAndBatch implements Runnable {
  private static final System.Logger log = System.getLogger(DecodeAndBatch.class.getName());
  private static final int MESSAGES = 32;

  private final DefaultMQPullConsumer consumer;
  private final DefaultMQProducer producer;
  private final MessageQueue source;
  private final MessageQueue target;

  private DecodeAndBatch(
      DefaultMQPullConsumer consumer,
      DefaultMQProducer producer,
      MessageQueue source,
      MessageQueue target) {
    this.consumer = consumer;
    this.producer = producer;
    this.source = source;
    this.target = target;
  }

  /**
   * @param arguments a {@link Copy}
   */
  public static void main(String[] arguments) throws Exception {
    Copy copy = Copy.of(arguments);
    DefaultMQPullConsumer consumer = new DefaultMQPullConsumer(copy.group());
    consumer.setNamesrvAddr(copy.from());
    consumer.setInstanceName("source");
    consumer.start();
    DefaultMQProducer producer = new DefaultMQProducer(copy.group());
    producer.setNamesrvAddr(copy.to());
    producer.setInstanceName("target");
    producer.start();
    List<MessageQueue> targets = producer.fetchPublishMessageQueues(copy.targetTopic());
    ExecutorService threads = Executors.newCachedThreadPool();
    for (MessageQueue source : consumer.fetchSubscribeMessageQueues(copy.topic())) {
      MessageQueue target =
          targets.stream()
              .filter(queue -> queue.getQueueId() == source.getQueueId())
              .findFirst()
              .orElseThrow();
      threads.execute(new DecodeAndBatch(consumer, producer, source, target));
    }
  }

  @Override
  public void run() {
    try {
      long offset = consumer.minOffset(source);
      while (true) {
        PullResult result = consumer.pullBlockIfNotFound(source, "*", offset, MESSAGES);
        if (result.getPullStatus() == PullStatus.FOUND) {
          List<Message> copies =
              result.getMsgFoundList().stream()
                  .map(message -> CopiedMessage.of(message, target.getTopic()))
                  .toList();
          producer.send(copies, target);
        }
        offset = result.getNextBeginOffset();
      }
    } catch (Exception failure) {
      log.log(System.Logger.Level.ERROR, "copying " + source + " failed", failure);
      Runtime.getRuntime().halt(1);
    }
  }
}
