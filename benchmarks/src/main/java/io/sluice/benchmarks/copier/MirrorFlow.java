package io.sluice.benchmarks.copier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Flow files that copy topics as they are. */
public final class MirrorFlow {
  private MirrorFlow() {}

  static Path write(Path folder, Copy copy) throws IOException {
    return write(folder, List.of(copy));
  }

  /**
   * A file with one flow for each copy.
   *
   * @param copies at least one, all between the same two clusters
   */
  public static Path write(Path folder, List<Copy> copies) throws IOException {
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
            .formatted(copies.get(0).from(), copies.get(0).to());
    String flows = copies.stream().map(MirrorFlow::flow).collect(Collectors.joining());
    return Files.writeString(folder.resolve("flows.yaml"), instances + flows);
  }

  private static String flow(Copy copy) {
    return """
    ---
    kind: EventFlow
    name: %s
    source:
      rocketmq:
        instance: source
        topic: %s
        groupID: %s
        offset: CONSUME_FROM_FIRST_OFFSET
    sink:
      rocketmq: { instance: target, topic: %s }
    """
        .formatted(copy.targetTopic(), copy.topic(), copy.group(), copy.targetTopic());
  }
}
