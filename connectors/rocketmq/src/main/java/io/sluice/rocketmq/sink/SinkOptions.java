package io.sluice.rocketmq.sink;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code sink: {rocketmq: {…}}}. The keys are described in the schema.
 *
 * @param topic empty if each record says its own
 * @param createTopic whether a missing topic is created, and one with fewer queues than the source
 *     extended
 * @param stamp whether each message gets the property {@code _sluice}, its origin
 * @param echoes what becomes of records that have been in their topic before
 * @param queues how many a topic is to have at least, beside one for each of the source's
 */
public record SinkOptions(
    String instance,
    Optional<String> topic,
    boolean createTopic,
    boolean stamp,
    Echoes echoes,
    OptionalInt queues) {

  /** The same for one topic. */
  public RocketMqSinkConfiguration to(String only) {
    return new RocketMqSinkConfiguration(instance, only, createTopic, stamp, echoes, queues);
  }

  /** Whether records that have been in their topic before are recognised and left out. */
  public boolean cutsEchoes() {
    return stamp && echoes == Echoes.DROP;
  }
}
