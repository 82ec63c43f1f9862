package io.sluice.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What Linux knows about a process that runs, from {@code /proc}; see proc(5). */
public record ProcessReadings(long pid) {
  /** In user space a tick is a hundredth of a second, whatever the kernel uses. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final long KIBIBYTE = 1024;

  /** Processor time that all its threads have used since it started. */
  public Duration cpu() {
    String line = read("stat");
    // The second field is the program's name in parentheses, and may hold blanks.
    String[] afterName = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return TICK.multipliedBy(
        Long.parseLong(afterName[USER_TICKS]) + Long.parseLong(afterName[SYSTEM_TICKS]));
  }

  /** The most memory that it has ever had, in bytes: code, heap and everything else. */
  public long peakMemory() {
    return status("VmHWM:") * KIBIBYTE;
  }

  public int threads() {
    return (int) status("Threads:");
  }

  private long status(String name) {
    return read("status")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).trim().split(" ")[0]))
        .findFirst()
        .orElseThrow();
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
