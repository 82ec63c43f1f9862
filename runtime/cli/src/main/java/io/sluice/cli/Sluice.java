package io.sluice.cli;

import io.sluice.cli.output.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** The {@code sluice} command. */
public final class Sluice {
  private Sluice() {}

  /** The process: reads the arguments, works, ends with the exit status. */
  public static void main(String[] arguments) {
    Function<String, Optional<String>> environment =
        name -> Optional.ofNullable(System.getenv(name));
    // The launcher knows which streams are terminals; Java 17 cannot tell one from the other.
    Terminal terminal =
        Terminal.of(
            Boolean.getBoolean("sluice.terminal.out"),
            Boolean.getBoolean("sluice.terminal.err"),
            environment);
    Host host =
        new Host(
            System.in,
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            terminal,
            environment,
            ProcessSignals.install());
    System.exit(run(host, arguments));
  }

  /**
   * Calls the command within this process. Blocks until the verb ends.
   *
   * @return the exit status
   */
  public static int run(Host host, String... arguments) {
    Logging.silenceRocketMq();
    return CommandTree.create(host).execute(arguments);
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), false);
  }
}
