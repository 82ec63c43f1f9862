package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import java.util.ArrayList;
import java.util.List;

/** What topics hold, for tests that look at single messages. */
public final class TopicContents {
  private TopicContents() {}

  /** All messages, of each queue in turn. */
  public static List<List<StoredMessage>> read(String nameServer, String topic) {
    try (RocketmqClient client = new RocketmqClient(nameServer)) {
      List<List<StoredMessage>> queues = new ArrayList<>();
      for (TopicQueue queue : client.queues(topic)) {
        List<StoredMessage> messages = new ArrayList<>();
        new QueueReader(client, queue).forEach(messages::add);
        queues.add(messages);
      }
      return queues;
    } catch (CallFailed failure) {
      throw new IllegalStateException("Topic %s cannot be read".formatted(topic), failure);
    }
  }
}
