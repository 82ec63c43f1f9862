package io.sluice.benchmarks.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is reachable on the heap of another JVM, found out with {@code jcmd}. */
public final class LiveHeap {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final long KIBIBYTE = 1024;

  private LiveHeap() {}

  /** In bytes, after a full collection there. Blocks for as long as that takes. */
  public static long of(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
    if (!used.find()) {
      throw new IllegalStateException("jcmd does not tell how much heap process " + pid + " uses");
    }
    return Long.parseLong(used.group(1)) * KIBIBYTE;
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(program, Long.toString(pid), command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
    return output;
  }
}
