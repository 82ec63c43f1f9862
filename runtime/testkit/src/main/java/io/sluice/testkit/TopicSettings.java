package io.sluice.testkit;

/**
 * What a broker has set of a topic.
 *
 * @param permission 4 to read, 2 to write, or their sum
 * @param ordered whether it is marked as one of ordered messages
 * @param type of messages, as 5.x names it; empty where none was set
 */
public record TopicSettings(
    int readQueues, int writeQueues, int permission, boolean ordered, String type) {

  /** The same with another permission. */
  public TopicSettings permitting(int other) {
    return new TopicSettings(readQueues, writeQueues, other, ordered, type);
  }
}
