package io.sluice.testkit;

import java.util.OptionalLong;

/** How large a topic is, of a broker that may not be there yet. For one thread; calls block. */
public final class TopicSize implements AutoCloseable {
  private final RocketmqClient client;
  private final String topic;

  /**
   * Says nothing of it yet.
   *
   * @param nameServer by which its brokers are found
   */
  public TopicSize(String nameServer, String topic) {
    this.client = new RocketmqClient(nameServer);
    this.topic = topic;
  }

  /** How many messages its queues hold together; empty while nobody tells. */
  public OptionalLong messages() {
    try {
      return OptionalLong.of(new ServerTopics(client).messages(topic));
    } catch (IllegalStateException unknown) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
