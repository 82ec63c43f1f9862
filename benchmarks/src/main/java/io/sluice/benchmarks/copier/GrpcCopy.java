package io.sluice.benchmarks.copier;

import java.util.List;

/**
 * What a copier is to do: everything of a topic, from its first message on, into another one.
 *
 * @param direction on which side it speaks gRPC
 * @param sourceNameServer by which the source's brokers are found
 * @param sourceProxy gRPC address of the source's proxy
 * @param targetNameServer by which the target's brokers are found
 * @param targetProxy gRPC address of the target's proxy
 */
public record GrpcCopy(
    Direction direction,
    String sourceNameServer,
    String sourceProxy,
    String targetNameServer,
    String targetProxy,
    String topic,
    String targetTopic) {

  /** On which side a copier speaks gRPC; on the other one it speaks remoting. */
  public enum Direction {
    FROM_GRPC("gRPC to remoting"),
    TO_GRPC("remoting to gRPC");

    private final String title;

    Direction(String title) {
      this.title = title;
    }

    /** For tables. */
    @Override
    public String toString() {
      return title;
    }
  }

  List<String> arguments() {
    return direction == Direction.FROM_GRPC
        ? List.of("fromGrpc", sourceProxy, targetNameServer, topic, targetTopic)
        : List.of("toGrpc", sourceNameServer, targetProxy, topic, targetTopic);
  }

  /** The flow that does it. */
  String flow() {
    return """
        kind: Instance
        name: source
        version: 5.x
        protocol: %s
        endpoints: { private: { nameServer: "%s", proxy: "%s" } }
        ---
        kind: Instance
        name: target
        version: 5.x
        protocol: %s
        endpoints: { private: { nameServer: "%s", proxy: "%s" } }
        ---
        kind: EventFlow
        name: copy
        source:
          rocketmq:
            instance: source
            topic: %s
            groupID: GID_%s
            offset: CONSUME_FROM_FIRST_OFFSET
        sink: { rocketmq: { instance: target, topic: %s } }
        """
        .formatted(
            direction == Direction.FROM_GRPC ? "grpc" : "remoting",
            sourceNameServer,
            sourceProxy,
            direction == Direction.TO_GRPC ? "grpc" : "remoting",
            targetNameServer,
            targetProxy,
            topic,
            targetTopic,
            targetTopic);
  }
}
