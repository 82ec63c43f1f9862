package io.sluice.benchmarks.load;

import io.sluice.benchmarks.measure.Percentiles;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;

/** An ordinary push consumer that takes down how old the messages of a {@link PacedSender} are. */
public final class LatencyReader implements AutoCloseable {
  private static final int MESSAGES_AT_ONCE = 32;

  private final DefaultMQPushConsumer consumer;
  private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

  private record Arrival(long sentAt, long age) {}

  /** Starts it. */
  public LatencyReader(String nameServer, String topic) throws MQClientException {
    consumer = Clients.consumer(nameServer);
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
    consumer.setConsumeMessageBatchMaxSize(MESSAGES_AT_ONCE);
    consumer.subscribe(topic, "*");
    consumer.registerMessageListener(
        (MessageListenerConcurrently)
            (messages, context) -> {
              note(messages, System.nanoTime());
              return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
    consumer.start();
  }

  private void note(List<MessageExt> messages, long now) {
    for (MessageExt message : messages) {
      long sentAt = SentAt.of(message.getBody());
      arrivals.add(new Arrival(sentAt, now - sentAt));
    }
  }

  /** Messages that have arrived. */
  public long arrived() {
    return arrivals.size();
  }

  /**
   * How old messages were when they arrived.
   *
   * @param begin only those that were sent later, on the clock of {@link System#nanoTime}
   */
  public Percentiles ages(long begin) {
    Stream<Arrival> counted = arrivals.stream().filter(arrival -> arrival.sentAt() - begin > 0);
    return Percentiles.ofNanos(counted.mapToLong(Arrival::age).toArray());
  }

  @Override
  public void close() {
    consumer.shutdown();
  }
}
