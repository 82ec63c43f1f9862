package io.sluice.flows.model;

/**
 * A topic of an integrated broker.
 *
 * @param name 1 to 127 characters that RocketMQ accepts
 * @param queues number of queues, at least 1
 * @param type kind of message that it takes
 */
public record TopicSpec(String name, int queues, MessageType type) {

  /** RocketMQ's message types of a topic. */
  public enum MessageType {
    NORMAL,
    FIFO,
    DELAY,
    TRANSACTION
  }
}
