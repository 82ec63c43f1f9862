package io.sluice.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * What a topic is filled with before copiers start.
 *
 * @param messages in all
 * @param bodyBytes of each
 * @param queues over which they are spread evenly
 */
public record Load(long messages, int bodyBytes, int queues) {
  private static final int BATCH_BYTES = 256 << 10;
  private static final int BATCH_MESSAGES = 256;
  private static final int THREADS = 2;

  /**
   * Fills a topic that has so many queues. Blocks until all is acknowledged.
   *
   * @throws CompletionException if a message is refused
   */
  public void send(String nameServer, String topic) throws MQClientException {
    DefaultMQProducer producer = Clients.producer(nameServer);
    try {
      List<MessageQueue> targets = producer.fetchPublishMessageQueues(topic);
      Batches batches = new Batches(new RichMessages(topic, bodyBytes), targets, producer);
      Stream.generate(() -> CompletableFuture.runAsync(batches))
          .limit(THREADS)
          .toList()
          .forEach(CompletableFuture::join);
    } finally {
      producer.shutdown();
    }
  }

  /** Sends batch after batch until none is left, in as many threads as run it. */
  private final class Batches implements Runnable {
    private final RichMessages content;
    private final List<MessageQueue> targets;
    private final DefaultMQProducer producer;
    private final int size = Math.max(1, Math.min(BATCH_MESSAGES, BATCH_BYTES / bodyBytes));
    private final AtomicLong next = new AtomicLong();

    Batches(RichMessages content, List<MessageQueue> targets, DefaultMQProducer producer) {
      this.content = content;
      this.targets = targets;
      this.producer = producer;
    }

    @Override
    public void run() {
      for (long number = next.getAndIncrement(); number * size < messages; ) {
        long first = number * size;
        List<Message> batch =
            new ArrayList<>(
                LongStream.range(first, Math.min(first + size, messages))
                    .mapToObj(content::at)
                    .toList());
        try {
          producer.send(batch, targets.get((int) (number % targets.size())));
        } catch (Exception refused) {
          throw new CompletionException("The topic cannot be filled", refused);
        }
        number = next.getAndIncrement();
      }
    }
  }
}
