package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, on the command as a process of its own. */
class RunSignalsTest {
  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void onceDrains() throws Exception {
    Process process = run("WELL");
    BufferedReader output = process.inputReader();
    awaitLine(output, "in=1000");
    Java.signal(process, "INT");
    awaitLine(output, "1 flow, 0 brokers: 1,000 records in, 1,000 out");
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void twiceStopsAtOnce() throws Exception {
    Process process = run("SILENT");
    BufferedReader output = process.inputReader();
    awaitLine(output, "state=RUNNING in=1");
    Java.signal(process, "INT");
    awaitLine(output, "Stopping;");
    Java.signal(process, "INT");
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  private Process run(String mood) throws IOException {
    Path file = folder.resolve("flows.yaml");
    Files.writeString(
        file,
        """
        kind: EventFlow
        name: orders
        source: {trial: {count: 1000}}
        sink: {trial: {mood: %s}}
        """
            .formatted(mood));
    Process process =
        Java.process(
                Sluice.class,
                "run",
                file.toString(),
                "--data-dir",
                folder.resolve("data").toString())
            .start();
    processes.add(process);
    return process;
  }

  private static void awaitLine(BufferedReader output, String part) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(part)) {
        return;
      }
    }
    throw new AssertionError("'" + part + "' is not in:\n" + seen);
  }
}
