package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals of POSIX that a process cannot refuse. */
public enum Signal {
  /** Stops the process: its connections stay open, and nobody answers. */
  STOP,
  /** Lets it go on. */
  CONT;

  /** Sends it. Blocks until it is sent. */
  public void send(Process process) {
    // The shell's own kill: not every machine has the program.
    String command = "kill -%s %d".formatted(name(), process.pid());
    try {
      int status =
          new ProcessBuilder("sh", "-c", command).inheritIO().start().onExit().join().exitValue();
      if (status != 0) {
        throw new IllegalStateException("'%s' ended with %d".formatted(command, status));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
