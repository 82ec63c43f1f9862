package io.sluice.testkit;

/** One queue of a topic, and where its broker is. */
record TopicQueue(String topic, String broker, String address, int id) {

  @Override
  public String toString() {
    return "%s/%s/%d".formatted(topic, broker, id);
  }
}
