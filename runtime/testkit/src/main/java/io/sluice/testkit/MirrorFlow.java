package io.sluice.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A flow that copies everything of a topic from its beginning.
 *
 * @param name of the flow, and part of its consumer group's
 * @param source address of the name server
 * @param target address of the name server
 * @param onGap what to do when messages expired before they were read
 */
public record MirrorFlow(
    String name, String source, String topic, String target, String targetTopic, String onGap) {

  /** A flow with the name of its target topic that stops at a gap. */
  public static MirrorFlow of(String source, String topic, String target, String targetTopic) {
    return new MirrorFlow(targetTopic, source, topic, target, targetTopic, "fail");
  }

  /** The same under another name: it knows nothing of what this one has done. */
  public MirrorFlow named(String other) {
    return new MirrorFlow(other, source, topic, target, targetTopic, onGap);
  }

  /** The same with another rule for gaps. */
  public MirrorFlow onGap(String rule) {
    return new MirrorFlow(name, source, topic, target, targetTopic, rule);
  }

  /** Writes a file with the flow and its two instances. */
  public Path write(Path file) throws IOException {
    return write(file, List.of(this));
  }

  /**
   * Writes a file with several flows and their two instances.
   *
   * @param flows at least one, all between the same two
   */
  public static Path write(Path file, List<MirrorFlow> flows) throws IOException {
    String instances =
        """
        kind: Instance
        name: source
        endpoints: { private: { nameServer: "%s" } }
        ---
        kind: Instance
        name: target
        endpoints: { private: { nameServer: "%s" } }
        """
            .formatted(flows.get(0).source, flows.get(0).target);
    return Files.writeString(
        file, instances + flows.stream().map(MirrorFlow::text).collect(Collectors.joining()));
  }

  private String text() {
    return """
    ---
    kind: EventFlow
    name: %s
    source:
      rocketmq:
        instance: source
        topic: %s
        groupID: GID_%s
        offset: CONSUME_FROM_FIRST_OFFSET
        onGap: %s
    sink:
      rocketmq: { instance: target, topic: %s }
    """
        .formatted(name, topic, name, onGap, targetTopic);
  }
}
