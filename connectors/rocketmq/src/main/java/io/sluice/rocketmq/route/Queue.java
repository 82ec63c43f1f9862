package io.sluice.rocketmq.route;

/**
 * One queue of a topic on one broker.
 *
 * @param topic its topic
 * @param broker name of the broker group that holds it
 * @param id number within that broker, from 0
 */
public record Queue(String topic, String broker, int id) {

  /** {@code topic/broker/id}. */
  public String name() {
    return topic + "/" + broker + "/" + id;
  }

  @Override
  public String toString() {
    return name();
  }
}
