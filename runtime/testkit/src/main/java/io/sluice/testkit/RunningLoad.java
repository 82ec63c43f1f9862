package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.message.Message;

/**
 * A {@link MessageLoad} that goes on at an even pace until it is stopped, and remembers what was
 * acknowledged. While a broker does not take messages those for its queues wait, and are sent
 * again, also to another address or another master of its name: the topic then may hold some twice.
 *
 * <p>Thread-safe. A thread of its own sends.
 */
public final class RunningLoad implements AutoCloseable {
  private static final int ROUNDS_PER_SECOND = 50;

  private final LoadedMessages content;
  private final RocketmqClient client;
  private final String topic;
  private final int batch;
  private final List<Lane> lanes = new ArrayList<>();
  private final AcknowledgedMessages acknowledged = new AcknowledgedMessages();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "load"));
  private final Future<?> sending;
  private volatile Optional<Throwable> trouble = Optional.empty();

  private RunningLoad(long seed, RocketmqClient client, String topic, int messagesPerSecond)
      throws CallFailed {
    content = new LoadedMessages(seed);
    this.client = client;
    this.topic = topic;
    client.queues(topic).forEach(queue -> lanes.add(new Lane(lanes.size(), queue)));
    batch = Math.max(1, messagesPerSecond / (ROUNDS_PER_SECOND * lanes.size()));
    sending =
        thread.scheduleWithFixedDelay(
            () -> lanes.forEach(Lane::send),
            0,
            TimeUnit.SECONDS.toMicros(1) / ROUNDS_PER_SECOND,
            TimeUnit.MICROSECONDS);
  }

  /** Begins to send to a topic, round its queues, at most at this pace. */
  public static RunningLoad start(
      long seed, String nameServer, String topic, int messagesPerSecond) {
    RocketmqClient client = new RocketmqClient(nameServer);
    try {
      return new RunningLoad(seed, client, topic, messagesPerSecond);
    } catch (CallFailed failure) {
      client.close();
      throw new IllegalStateException("Topic %s cannot be loaded".formatted(topic), failure);
    }
  }

  /** What was acknowledged until now. */
  public AcknowledgedMessages acknowledged() {
    return acknowledged;
  }

  /** Why the last call failed, if it did. */
  public Optional<Throwable> trouble() {
    return trouble;
  }

  /** What goes to one queue, wherever its broker is. For the thread that sends. */
  private final class Lane {
    private final int number;
    private TopicQueue queue;
    private long round;

    Lane(int number, TopicQueue queue) {
      this.number = number;
      this.queue = queue;
    }

    /** Sends one batch. Where it fails, the same one is sent again the next time. */
    void send() {
      try {
        List<Message> messages = messages();
        long first = client.send(queue, messages);
        acknowledged.add(number, first, fingerprints(messages));
        round++;
        trouble = Optional.empty();
      } catch (CallFailed unanswered) {
        trouble = Optional.of(unanswered);
        find();
      }
    }

    private void find() {
      try {
        client.queues(topic).stream()
            .filter(one -> one.broker().equals(queue.broker()) && one.id() == queue.id())
            .findFirst()
            .ifPresent(found -> queue = found);
      } catch (CallFailed unknown) {
        trouble = Optional.of(unknown); // It may come back where it was.
      }
    }

    private List<Message> messages() {
      List<Message> messages = new ArrayList<>();
      for (long sequence = round * batch; sequence < (round + 1) * batch; sequence++) {
        messages.add(content.at(topic, sequence * lanes.size() + number, sequence));
      }
      return messages;
    }
  }

  private static List<Fingerprint> fingerprints(List<Message> messages) {
    return messages.stream().map(message -> Fingerprint.of(StoredMessage.of(0, message))).toList();
  }

  /**
   * Stops, after an open call has been answered or given up. What was sent then without an answer
   * may be stored.
   */
  public void stop() {
    boolean wasBroken = sending.isDone() && !sending.isCancelled();
    sending.cancel(false);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("The load does not stop");
      }
      if (wasBroken) {
        sending.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (ExecutionException broken) {
      throw new IllegalStateException("The load broke", broken);
    }
  }

  @Override
  public void close() {
    stop();
    client.close();
  }
}
