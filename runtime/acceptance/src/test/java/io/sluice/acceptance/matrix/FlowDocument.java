package io.sluice.acceptance.matrix;

/**
 * A {@code kind: EventFlow} of a flow file that copies a topic.
 *
 * @param name of the flow, and part of its group's
 * @param from instance of the source
 * @param to instance of the sink
 * @param targetTopic has to exist
 */
record FlowDocument(String name, String from, String topic, String to, String targetTopic) {

  /** The consumer group of a flow. */
  static String group(String flow) {
    return "GID_" + flow;
  }

  /** From the topic's beginning, as text. */
  String text() {
    return text("CONSUME_FROM_FIRST_OFFSET");
  }

  /**
   * The same.
   *
   * @param offset where it begins
   */
  String text(String offset) {
    return """
    ---
    kind: EventFlow
    name: %s
    source:
      rocketmq:
        instance: %s
        topic: "%s"
        groupID: %s
        offset: %s
    sink:
      rocketmq: { instance: %s, topic: %s, createTopic: false }
    """
        .formatted(name, from, topic, group(name), offset, to, targetTopic);
  }
}
