package io.sluice.benchmarks.copier;

import io.sluice.testkit.MirrorFlow;
import java.util.List;

/**
 * What a copier is to do: everything of a topic, from its first message on, into a topic that has
 * as many queues.
 *
 * @param from name server of the source
 * @param to name server of the target
 */
public record Copy(String from, String to, String topic, String targetTopic) {

  /** As {@link #arguments} has put it. */
  static Copy of(String[] arguments) {
    return new Copy(arguments[0], arguments[1], arguments[2], arguments[3]);
  }

  List<String> arguments() {
    return List.of(from, to, topic, targetTopic);
  }

  /** The flow that does it. */
  public MirrorFlow flow() {
    return MirrorFlow.of(from, topic, to, targetTopic);
  }

  /** A consumer group that nobody else uses. */
  String group() {
    return "GID_" + targetTopic;
  }
}
