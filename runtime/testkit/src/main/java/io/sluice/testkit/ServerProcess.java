package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One server in a JVM of its own, which ends with this one at the latest. */
final class ServerProcess {
  private static final List<String> JVM_OPTIONS =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
          "-Djava.net.preferIPv4Stack=true",
          // A machine with a rather full disk is still good for tests.
          "-Drocketmq.broker.diskSpaceCleanForciblyRatio=0.98",
          "-Drocketmq.broker.diskSpaceWarningLevelRatio=0.99");
  private static final int LOG_LINES = 60;

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * What to run.
   *
   * @param arguments of the main class
   */
  record Program(
      String mainClass,
      String classPath,
      String heap,
      Lifetime lifetime,
      ServerSecurity security,
      List<String> arguments,
      List<String> jvmOptions) {

    /** One without options of its own. */
    Program(
        String mainClass,
        String classPath,
        String heap,
        Lifetime lifetime,
        ServerSecurity security,
        List<String> arguments) {
      this(mainClass, classPath, heap, lifetime, security, arguments, List.of());
    }
  }

  static ServerProcess start(Program program, String name, ServerFiles files) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(program.lifetime().jvmOptions());
    command.add("-Xmx" + program.heap());
    command.add("-Duser.home=" + files.home());
    command.add("-Drocketmq.home.dir=" + files.home());
    command.add("-Dtls.server.mode=" + program.security().tlsMode());
    command.add("-Dtls.config.file=" + files.tls(program.security()));
    command.add("-Drmq.logback.configurationFile=" + files.shadedLogs());
    command.addAll(program.jvmOptions());
    command.addAll(List.of("-cp", program.classPath(), Leash.class.getName()));
    command.add(program.mainClass());
    command.addAll(program.arguments());
    Path log = files.log(name);
    ProcessBuilder builder = new ProcessBuilder(command).directory(files.home().toFile());
    builder.environment().put("ROCKETMQ_HOME", files.home().toString());
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      Process process = builder.start();
      // The leash would do, but not for a process that is stopped.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new ServerProcess(process, log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it with SIGKILL, which also ends a stopped process, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Stops it with SIGSTOP: its connections stay open and nobody answers. */
  void pause() {
    Signal.STOP.send(process);
  }

  /** Lets it go on with SIGCONT. */
  void goOn() {
    Signal.CONT.send(process);
  }

  /** The last lines that it wrote, and how it ended if it has. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      String last =
          String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
      return process.isAlive()
          ? last
          : "%s%n(ended with status %d)".formatted(last, process.exitValue());
    } catch (IOException failure) {
      return "no log: " + failure;
    }
  }
}
