package io.sluice.testkit;

import static org.awaitility.Awaitility.await;

import io.sluice.testkit.RocketmqClient.CallFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.common.message.Message;

/**
 * Messages for a topic, the same for the same seed: random bodies of 0 to 64 KB (about 4 KB on
 * average), flags, keys, tags, and ten user properties each, among them {@link #SEQUENCE}. They go
 * round the topic's queues.
 *
 * <p>Each message is sent until it is acknowledged. When an acknowledgement is lost, the topic
 * holds messages twice; so what a mirror must hold is what the topic holds, not what was sent.
 *
 * <p>Immutable. Sending blocks; in one thread, it keeps the order within each queue.
 */
public final class MessageLoad {
  /** The user property that counts the messages of each queue, from 0. */
  public static final String SEQUENCE = "sequence";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int BATCH_BYTES = 256 << 10;
  private static final int BATCH_MESSAGES = 200;

  private final LoadedMessages content;
  private final long count;

  private MessageLoad(LoadedMessages content, long count) {
    this.content = content;
    this.count = count;
  }

  /** 1,000 messages. */
  public static MessageLoad of(long seed) {
    return new MessageLoad(new LoadedMessages(seed), 1_000);
  }

  /** The same with another number of messages. */
  public MessageLoad messages(long number) {
    return new MessageLoad(content, number);
  }

  /** Sends all messages. */
  public void run(String nameServer, String topic) {
    send(nameServer, topic, 0, count);
  }

  /**
   * Sends some of the messages, whatever their number: for a load in parts.
   *
   * @param from the first, from 0
   * @param to one after the last
   * @throws IllegalStateException if the servers acknowledge nothing for two minutes
   */
  public void send(String nameServer, String topic, long from, long to) {
    try (RocketmqClient client = new RocketmqClient(nameServer)) {
      List<TopicQueue> queues = queues(client, topic);
      List<Lane> lanes = queues.stream().map(queue -> new Lane(client, queue)).toList();
      for (long number = from; number < to; number++) {
        int lane = Math.toIntExact(number % lanes.size());
        lanes.get(lane).add(content.at(topic, number, number / lanes.size()));
      }
      lanes.forEach(Lane::flush);
    }
  }

  private static List<TopicQueue> queues(RocketmqClient client, String topic) {
    return await("route of topic " + topic)
        .pollDelay(Duration.ZERO)
        .pollInterval(PAUSE)
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(CallFailed.class)
        .until(() -> client.queues(topic), queues -> !queues.isEmpty());
  }

  /** What waits to be sent to one queue. */
  private static final class Lane {
    private final RocketmqClient client;
    private final TopicQueue queue;
    private final List<Message> waiting = new ArrayList<>();
    private int bytes;

    Lane(RocketmqClient client, TopicQueue queue) {
      this.client = client;
      this.queue = queue;
    }

    void add(Message message) {
      waiting.add(message);
      bytes += message.getBody().length;
      if (bytes >= BATCH_BYTES || waiting.size() >= BATCH_MESSAGES) {
        flush();
      }
    }

    void flush() {
      if (waiting.isEmpty()) {
        return;
      }
      await("messages for " + queue)
          .pollDelay(Duration.ZERO)
          .pollInterval(PAUSE)
          .atMost(PATIENCE)
          .pollInSameThread()
          .ignoreExceptionsInstanceOf(CallFailed.class)
          .until(
              () -> {
                client.send(queue, waiting);
                return true;
              });
      waiting.clear();
      bytes = 0;
    }
  }
}
