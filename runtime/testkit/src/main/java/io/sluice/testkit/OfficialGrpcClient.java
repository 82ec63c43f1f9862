package io.sluice.testkit;

import java.util.List;

/**
 * RocketMQ's own gRPC client, in a JVM of its own: it carries the protocol's classes under their
 * public names, but changed. Calls block until it is done, for two minutes at most.
 *
 * @param proxy address of the proxy, reached in plaintext
 */
public record OfficialGrpcClient(String proxy) {
  private static final String MAIN = "io.sluice.testkit.official.OfficialClient";

  /**
   * A message as that client sees it.
   *
   * @param body one character for each byte
   * @param keys with spaces between them
   * @param properties those of users, without Sluice's own, sorted
   */
  public record Seen(String id, String body, String tag, String keys, String properties) {}

  /** The class path of the client and of the programs that use it. */
  public static String classPath() {
    return ServerClassPath.ofGrpcClient();
  }

  /** Sends messages with the bodies 0, 1, …, and with tags, keys and properties. */
  public List<Seen> send(String topic, int count) {
    return run("send", proxy, topic, Integer.toString(count));
  }

  /** The same in five message groups. */
  public List<Seen> sendOrdered(String topic, int count) {
    return run("sendOrdered", proxy, topic, Integer.toString(count));
  }

  /** Receives and acknowledges so many messages. */
  public List<Seen> receive(String topic, String group, int count) {
    return run("receive", proxy, topic, Integer.toString(count), group);
  }

  private static List<Seen> run(String... arguments) {
    return OfficialProgram.run(List.of(), classPath(), MAIN, List.of(arguments)).stream()
        .map(
            parts -> new Seen(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4)))
        .toList();
  }
}
