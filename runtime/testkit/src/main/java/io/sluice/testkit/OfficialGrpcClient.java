package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * RocketMQ's own gRPC client, in a JVM of its own: it carries the protocol's classes under their
 * public names, but changed. Calls block until it is done, for two minutes at most.
 *
 * @param proxy address of the proxy, reached in plaintext
 */
public record OfficialGrpcClient(String proxy) {
  private static final String MAIN = "io.sluice.testkit.official.OfficialClient";
  private static final int PATIENCE_MINUTES = 2;
  private static final String MESSAGE = "message ";

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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // It logs into the home directory.
    command.add("-Duser.home=" + System.getProperty("java.io.tmpdir"));
    command.addAll(List.of("-Xmx256m", "-cp", classPath(), MAIN));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      Thread limit = new Thread(() -> endInTime(process), "official-client-limit");
      limit.setDaemon(true);
      limit.start();
      List<Seen> seen =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith(MESSAGE))
              .map(OfficialGrpcClient::read)
              .toList();
      if (process.onExit().join().exitValue() != 0) {
        throw new IllegalStateException(
            "The client failed after %d messages".formatted(seen.size()));
      }
      return seen;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void endInTime(Process process) {
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
    }
  }

  private static Seen read(String line) {
    List<String> parts = new ArrayList<>();
    for (String part : line.substring(MESSAGE.length()).split(" ", -1)) {
      parts.add(new String(Base64.getDecoder().decode(part), StandardCharsets.UTF_8));
    }
    return new Seen(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4));
  }
}
