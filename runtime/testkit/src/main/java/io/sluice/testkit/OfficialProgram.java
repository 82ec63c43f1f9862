package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that uses one of RocketMQ's own clients, in a JVM of its own. It prints messages as
 * lines of parts, each in Base64. Blocks until it has ended, for two minutes at most.
 */
final class OfficialProgram {
  private static final int PATIENCE_MINUTES = 2;
  private static final String MESSAGE = "message ";

  private OfficialProgram() {}

  /** Runs it, and answers the parts of each message. */
  static List<List<String>> run(
      List<String> jvmOptions, String classPath, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // It logs into the home directory.
    command.add("-Duser.home=" + System.getProperty("java.io.tmpdir"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-Xmx256m", "-cp", classPath, main));
    command.addAll(arguments);
    try {
      Path errors = Files.createTempFile("official-client", ".log");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      Relay.daemon("official-client-limit", () -> endInTime(process));
      List<List<String>> messages =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith(MESSAGE))
              .map(OfficialProgram::parts)
              .toList();
      if (process.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("The client failed: " + Files.readString(errors));
      }
      Files.delete(errors);
      return messages;
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

  private static List<String> parts(String line) {
    return Arrays.stream(line.substring(MESSAGE.length()).split(" ", -1))
        .map(part -> new String(Base64.getDecoder().decode(part), StandardCharsets.UTF_8))
        .toList();
  }
}
