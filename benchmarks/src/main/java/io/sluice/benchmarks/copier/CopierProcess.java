package io.sluice.benchmarks.copier;

import io.sluice.benchmarks.measure.ProcessReadings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A copier at work, in a JVM of its own, which ends with this one at the latest. */
public final class CopierProcess implements AutoCloseable {
  private static final int LOG_LINES = 20;
  private static final long DRAIN_SECONDS = 30;

  private final Process process;
  private final Path output;

  private CopierProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static CopierProcess start(JavaProgram program, Path folder) throws IOException {
    Path output = folder.resolve("output.log");
    Process process =
        new ProcessBuilder(program.command())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new CopierProcess(process, output);
  }

  public long pid() {
    return process.pid();
  }

  /** What the system knows about its process. */
  public ProcessReadings readings() {
    return new ProcessReadings(process.pid());
  }

  /**
   * Does nothing while it runs.
   *
   * @throws IllegalStateException with its last words if it has ended
   */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "A copier has ended with status %d:\n%s".formatted(process.exitValue(), lastWords()));
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(output);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Asks it to finish (SIGTERM), and does not wait for ever: after 30 s it is killed. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
