package io.sluice.sdk.connector;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;

/** How a connector writes a topic of an instance for a program, without a flow. */
@FunctionalInterface
public interface TopicWriter {

  /**
   * Makes a sink, which creates a missing topic if it can, and adds nothing to messages. Nothing is
   * connected yet.
   *
   * @param queues how many the topic is to have at least
   * @param context whose only instance is this one
   */
  Sink open(Instance instance, String topic, int queues, SinkContext context);
}
