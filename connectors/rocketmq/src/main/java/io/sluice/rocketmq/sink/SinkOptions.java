package io.sluice.rocketmq.sink;

import java.util.Optional;

/**
 * {@code sink: {rocketmq: {…}}}. The keys are described in the schema.
 *
 * @param topic empty if each record says its own
 * @param createTopic whether a missing topic is created, and one with fewer queues than the source
 *     extended
 * @param stamp whether each message gets the property {@code _sluice}, its origin
 * @param echoes what becomes of records that have been in their topic before
 */
public record SinkOptions(
    String instance, Optional<String> topic, boolean createTopic, boolean stamp, Echoes echoes) {

  /** The same for one topic. */
  public RocketMqSinkConfiguration to(String only) {
    return new RocketMqSinkConfiguration(instance, only, createTopic, stamp, echoes);
  }

  /** Whether records that have been in their topic before are recognised and left out. */
  public boolean cutsEchoes() {
    return stamp && echoes == Echoes.DROP;
  }
}
