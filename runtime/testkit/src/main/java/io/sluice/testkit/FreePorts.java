package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody uses, below those that Linux gives to outgoing connections: a killed server
 * finds its port again. A port is given out once, as whoever has it may not listen yet: JVMs that
 * run tests side by side, also those of other builds, claim ports for as long as they live, each by
 * a lock on a byte of one file.
 */
public final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1_000;

  private static final FileChannel CLAIMS = claims();

  private FreePorts() {}

  /** A free port for a name server. */
  public static int one() {
    return first(0, 0);
  }

  /** The port of a broker; those from 2 below it to 1 above it are free too. */
  static int ofBroker() {
    return first(-2, 1);
  }

  private static int first(int from, int to) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (claim(port + from, port + to) && areFree(port + from, port + to)) {
        return port;
      }
    }
    throw new IllegalStateException("No free ports from %d to %d".formatted(LOWEST, HIGHEST));
  }

  private static FileChannel claims() {
    String file = "sluice-test-ports-" + System.getProperty("user.name");
    try {
      return FileChannel.open(
          Path.of(System.getProperty("java.io.tmpdir"), file),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Takes the ports for this JVM; answers false if one of them has been taken before. */
  private static boolean claim(int from, int to) {
    try {
      return CLAIMS.tryLock(from, to - from + 1L, false) != null;
    } catch (OverlappingFileLockException claimedHere) {
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean areFree(int from, int to) {
    for (int port = from; port <= to; port++) {
      try (ServerSocket probe = new ServerSocket()) {
        // On all addresses, as older servers listen there.
        probe.bind(new InetSocketAddress(port));
      } catch (IOException inUse) {
        return false;
      }
    }
    return true;
  }
}
