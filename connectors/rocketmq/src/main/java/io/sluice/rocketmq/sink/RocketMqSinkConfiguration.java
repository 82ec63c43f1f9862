package io.sluice.rocketmq.sink;

/**
 * How one topic is written, see {@link SinkOptions}.
 *
 * @param createTopic whether a missing topic is created, and one with fewer queues than the source
 *     extended
 * @param stamp whether each message gets the property {@code _sluice}, its origin
 * @param echoes what becomes of records that have been in this topic before
 */
public record RocketMqSinkConfiguration(
    String instance, String topic, boolean createTopic, boolean stamp, Echoes echoes) {}
