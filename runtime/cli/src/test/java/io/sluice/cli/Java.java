package io.sluice.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Further processes with the test's class path. */
final class Java {
  /**
   * A process that was started in the background ignores SIGINT, and so do its children: a JVM then
   * leaves it ignored. GNU env gives the child the default back, and becomes it.
   */
  private static final List<String> DEFAULT_SIGNALS = defaultSignals();

  private Java() {}

  private static List<String> defaultSignals() {
    List<String> env = List.of("env", "--default-signal=INT,TERM");
    List<String> probe = new ArrayList<>(env);
    probe.add("true");
    try {
      return new ProcessBuilder(probe).start().waitFor() == 0 ? env : List.of();
    } catch (IOException absent) {
      return List.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  static ProcessBuilder process(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(DEFAULT_SIGNALS);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String packageName : List.of("java.nio", "sun.nio.ch", "java.lang")) {
      command.add("--add-opens=java.base/" + packageName + "=ALL-UNNAMED");
    }
    command.add("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
    command.add("-Xmx256m");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  static void signal(Process process, String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }
}
