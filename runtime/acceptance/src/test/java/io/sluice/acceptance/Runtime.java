package io.sluice.acceptance;

import io.sluice.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A runtime in its own process, as a user starts it: {@code sluice run …}. */
public final class Runtime implements AutoCloseable {
  private final Process process;
  private final Path output;

  private Runtime(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts {@code sluice run FLOWS --data-dir DATA OPTIONS…}. */
  public static Runtime start(Path flows, Path data, String... options) throws IOException {
    return startWith("256m", flows, data, options);
  }

  /**
   * The same with another heap.
   *
   * @param heap as {@code -Xmx} has it
   */
  public static Runtime startWith(String heap, Path flows, Path data, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("sluice.jvm.opens").split(" ")));
    command.addAll(
        List.of(
            "-Xmx" + heap,
            // It starts often and runs for seconds.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.net.preferIPv4Stack=true",
            "-cp",
            System.getProperty("java.class.path"),
            "io.sluice.cli.Sluice",
            "run",
            flows.toString(),
            "--data-dir",
            data.toString()));
    command.addAll(List.of(options));
    Path output = Files.createTempFile(flows.toAbsolutePath().getParent(), "run", ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    java.lang.Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Runtime(process, output);
  }

  /** Waits for its end and answers the exit code. */
  public int await(Duration limit) throws InterruptedException, IOException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + limit + ":\n" + output());
    }
    return process.exitValue();
  }

  /** SIGKILL: nothing of it gets to say goodbye. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGSTOP and SIGCONT: it stands still with its connections open, or goes on. */
  public void send(Signal signal) {
    signal.send(process);
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM: asks it to finish. */
  public void terminate() {
    process.destroy();
  }

  /** Whether its only flow had read everything when it last told. */
  public boolean hasNoLag() throws IOException {
    String last = "";
    for (String line : output().lines().toList()) {
      last = line.contains(" state=") ? line : last;
    }
    return (last + " ").contains(" lag=0 ");
  }

  /** All that it has printed. */
  public String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
