package io.sluice.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Flow files that copy one topic. */
final class MirrorFlow {
  private MirrorFlow() {}

  /** A file with two instances and a flow that copies everything of a topic from its beginning. */
  static Path write(Path file, String source, String target, String topic, String targetTopic)
      throws IOException {
    return Files.writeString(
        file,
        """
        kind: Instance
        name: source
        endpoints: { private: { nameServer: "%s" } }
        ---
        kind: Instance
        name: target
        endpoints: { private: { nameServer: "%s" } }
        ---
        kind: EventFlow
        name: %s
        source:
          rocketmq:
            instance: source
            topic: %s
            groupID: GID_%s
            offset: CONSUME_FROM_FIRST_OFFSET
        sink:
          rocketmq: { instance: target, topic: %s }
        """
            .formatted(source, target, targetTopic, topic, targetTopic, targetTopic));
  }
}
