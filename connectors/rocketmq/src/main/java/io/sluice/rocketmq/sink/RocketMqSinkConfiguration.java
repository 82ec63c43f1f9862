package io.sluice.rocketmq.sink;

import java.util.OptionalInt;

/**
 * How one topic is written, see {@link SinkOptions}.
 *
 * @param createTopic whether a missing topic is created, and one with fewer queues than the source
 *     extended
 * @param stamp whether each message gets the property {@code _sluice}, its origin
 * @param echoes what becomes of records that have been in this topic before
 * @param queues how many the topic is to have at least, beside one for each of the source's
 */
public record RocketMqSinkConfiguration(
    String instance,
    String topic,
    boolean createTopic,
    boolean stamp,
    Echoes echoes,
    OptionalInt queues) {

  /** With as many queues as the source has. */
  public RocketMqSinkConfiguration(
      String instance, String topic, boolean createTopic, boolean stamp, Echoes echoes) {
    this(instance, topic, createTopic, stamp, echoes, OptionalInt.empty());
  }
}
