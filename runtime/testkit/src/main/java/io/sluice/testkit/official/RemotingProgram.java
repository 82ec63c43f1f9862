package io.sluice.testkit.official;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages of all kinds with RocketMQ's own remoting client, or reads topics with it and
 * prints each message on a line. Uses what clients from 4.8.0 to 5.5.0 have in common.
 */
// The only public client of all versions that pulls from a queue what it is told to.
@SuppressWarnings("deprecation")
public final class RemotingProgram {
  private static final int MESSAGES = 32;
  private static final int PATIENCE_MILLIS = 30_000;

  private RemotingProgram() {}

  /**
   * @param arguments {@code write NAME_SERVER TOPIC KIND…} or {@code read NAME_SERVER TOPIC…}
   */
  public static void main(String[] arguments) {
    int code = 0;
    try {
      run(arguments);
    } catch (Exception failure) {
      failure.printStackTrace();
      code = 1;
    }
    System.out.flush();
    Runtime.getRuntime().halt(code); // the client's threads would keep the process
  }

  private static void run(String[] arguments) throws Exception {
    List<String> names = List.of(arguments).subList(2, arguments.length);
    if (arguments[0].equals("write")) {
      try (KindWriter writer = new KindWriter(arguments[1], names.get(0))) {
        for (String kind : names.subList(1, names.size())) {
          writer.write(kind);
        }
      }
    } else {
      read(arguments[1], names);
    }
  }

  private static void read(String nameServer, List<String> topics) throws Exception {
    DefaultMQPullConsumer consumer = new DefaultMQPullConsumer("GID_" + UUID.randomUUID());
    consumer.setNamesrvAddr(nameServer);
    consumer.setInstanceName(UUID.randomUUID().toString());
    consumer.setConsumerPullTimeoutMillis(PATIENCE_MILLIS);
    consumer.start();
    for (String topic : topics) {
      for (MessageQueue queue : consumer.fetchSubscribeMessageQueues(topic)) {
        read(consumer, queue);
      }
    }
  }

  private static void read(DefaultMQPullConsumer consumer, MessageQueue queue) throws Exception {
    long end = consumer.maxOffset(queue);
    long next = consumer.minOffset(queue);
    while (next < end) {
      PullResult pulled = consumer.pull(queue, "*", next, MESSAGES);
      if (pulled.getPullStatus() == PullStatus.FOUND) {
        pulled.getMsgFoundList().forEach(message -> print(queue.getTopic(), message));
      }
      next = pulled.getNextBeginOffset();
    }
  }

  private static void print(String topic, MessageExt message) {
    TreeMap<String, String> properties = new TreeMap<>(message.getProperties());
    StringBuilder texts = new StringBuilder();
    properties.forEach((name, value) -> texts.append(name).append('\n').append(value).append('\r'));
    List<String> parts = new ArrayList<>();
    for (String part :
        List.of(
            topic,
            Integer.toString(message.getQueueId()),
            Long.toString(message.getQueueOffset()),
            Integer.toString(message.getStoreSize()),
            Integer.toString(message.getFlag()),
            Long.toString(message.getStoreTimestamp()),
            orNone(message.getTags()),
            orNone(message.getKeys()),
            Integer.toString(message.getDelayTimeLevel()),
            new String(message.getBody(), StandardCharsets.ISO_8859_1),
            texts.toString())) {
      parts.add(Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8)));
    }
    System.out.println("message " + String.join(" ", parts));
  }

  private static String orNone(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
