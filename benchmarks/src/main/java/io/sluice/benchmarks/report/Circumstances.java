package io.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Under which circumstances figures came about: they mean nothing without.
 *
 * @param commit of the checkout, and whether it had changes
 * @param date in UTC
 * @param machine processors, memory and Java
 */
public record Circumstances(String commit, LocalDate date, String machine) {
  private static final double GIBIBYTES_OF_KIBIBYTE = 1.0 / (1 << 20);

  /** Those of now, in this process's folder. */
  public static Circumstances now() throws IOException {
    return new Circumstances(head(), LocalDate.now(ZoneOffset.UTC), thisMachine());
  }

  private static String head() throws IOException {
    String commit = git("rev-parse", "--short", "HEAD");
    if (commit.isEmpty()) {
      return "unknown";
    }
    return git("status", "--porcelain", "--", ":!docs").isEmpty()
        ? commit
        : commit + " and changes";
  }

  private static String git(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static String thisMachine() throws IOException {
    return "%d processors (%s), %.0f GiB, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            value("/proc/cpuinfo", "model name"),
            Double.parseDouble(value("/proc/meminfo", "MemTotal").split(" ")[0])
                * GIBIBYTES_OF_KIBIBYTE,
            Runtime.version().feature());
  }

  private static String value(String file, String name) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  @Override
  public String toString() {
    return "Commit %s, %s, %s.".formatted(commit, date, machine);
  }
}
