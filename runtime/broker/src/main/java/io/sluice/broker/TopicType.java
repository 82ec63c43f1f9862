package io.sluice.broker;

/** The kind of message that a topic takes, RocketMQ's attribute {@code message.type}. */
public enum TopicType {
  /** Messages without order or delay. */
  NORMAL,
  /** Messages that are consumed in order within their message group. */
  FIFO,
  /** Messages that are delivered later: after a delay or at a time, at most seven days ahead. */
  DELAY,
  /** Messages that are delivered after their producer's transaction is committed. */
  TRANSACTION
}
