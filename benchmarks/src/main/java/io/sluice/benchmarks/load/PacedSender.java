package io.sluice.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * Sends messages one by one at a steady pace, round the queues of a topic, without waiting for
 * answers. Each carries the time of its sending, see {@link SentAt}. For one thread.
 */
public final class PacedSender implements AutoCloseable {
  private final DefaultMQProducer producer;
  private final List<MessageQueue> queues;
  private final RichMessages content;
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private long sent;

  public PacedSender(String nameServer, String topic, int bodyBytes) throws MQClientException {
    producer = Clients.producer(nameServer);
    queues = producer.fetchPublishMessageQueues(topic);
    content = new RichMessages(topic, bodyBytes);
  }

  /** Sends one message to each queue. */
  public void sendToEachQueue() throws Exception {
    for (int i = 0; i < queues.size(); i++) {
      send();
    }
  }

  /** Sends for so long. Blocks; a delay is made up for at once. */
  public void send(int messagesPerSecond, Duration time) throws Exception {
    long begin = System.nanoTime();
    long count = time.toMillis() * messagesPerSecond / 1_000;
    for (long number = 0; number < count; number++) {
      long due = begin + number * Duration.ofSeconds(1).toNanos() / messagesPerSecond;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      send();
    }
  }

  /**
   * Does nothing unless a message was refused.
   *
   * @throws IllegalStateException with the reason of the first
   */
  public void requireAccepted() {
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          "%,d messages were not sent".formatted(failures.size()), failures.peek());
    }
  }

  /** Messages sent so far. */
  public long sent() {
    return sent;
  }

  private void send() throws Exception {
    Message message = content.at(sent);
    MessageQueue queue = queues.get((int) (sent % queues.size()));
    sent++;
    message.setBody(SentAt.now(message.getBody()));
    producer.send(message, queue, keepingFailures());
  }

  private SendCallback keepingFailures() {
    return new SendCallback() {
      @Override
      public void onSuccess(SendResult result) {}

      @Override
      public void onException(Throwable failure) {
        failures.add(failure);
      }
    };
  }

  @Override
  public void close() {
    producer.shutdown();
  }
}
