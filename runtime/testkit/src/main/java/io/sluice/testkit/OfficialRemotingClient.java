package io.sluice.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * RocketMQ's own remoting client of a released version, in a JVM of its own with nothing but that
 * version's libraries. Servers are reached in plaintext. Calls block until it is done, for two
 * minutes at most.
 *
 * @param version 4.8.0, 4.9.7 or 5.5.0
 */
public record OfficialRemotingClient(String version, String nameServer) {
  private static final String MAIN = "io.sluice.testkit.official.RemotingProgram";

  /**
   * A message as that client's user sees it.
   *
   * @param storeSize what the broker keeps of it, in bytes: less than the body if that is
   *     compressed
   * @param body one character for each byte
   * @param properties all of them, but for Sluice's own
   */
  public record Seen(
      String topic,
      int queue,
      long offset,
      int storeSize,
      int flag,
      Instant storedAt,
      String tags,
      String keys,
      int delayLevel,
      String body,
      SortedMap<String, String> properties) {

    private static Seen of(List<String> parts) {
      TreeMap<String, String> properties = new TreeMap<>();
      for (String property : parts.get(10).split("\r")) {
        int end = property.indexOf('\n');
        if (end >= 0) {
          properties.put(property.substring(0, end), property.substring(end + 1));
        }
      }
      properties.remove("_sluice");
      return new Seen(
          parts.get(0),
          Integer.parseInt(parts.get(1)),
          Long.parseLong(parts.get(2)),
          Integer.parseInt(parts.get(3)),
          Integer.parseInt(parts.get(4)),
          Instant.ofEpochMilli(Long.parseLong(parts.get(5))),
          parts.get(6),
          parts.get(7),
          Integer.parseInt(parts.get(8)),
          parts.get(9),
          Collections.unmodifiableSortedMap(properties));
    }
  }

  /** Sends messages of these kinds; {@code RemotingProgram} knows them. */
  public void write(String topic, List<String> kinds) {
    List<String> arguments = new ArrayList<>(List.of("write", nameServer, topic));
    arguments.addAll(kinds);
    run(arguments);
  }

  /** All that topics hold. */
  public List<Seen> read(List<String> topics) {
    List<String> arguments = new ArrayList<>(List.of("read", nameServer));
    arguments.addAll(topics);
    return run(arguments).stream().map(Seen::of).toList();
  }

  private List<List<String>> run(List<String> arguments) {
    return OfficialProgram.run(
        List.of(
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Djava.net.preferIPv4Stack=true"),
        ServerClassPath.of(version),
        MAIN,
        arguments);
  }
}
