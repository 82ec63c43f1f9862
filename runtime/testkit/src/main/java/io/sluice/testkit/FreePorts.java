package io.sluice.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody uses, below those that Linux gives to outgoing connections: a killed server
 * finds its port again. Each of the JVMs that run tests side by side has a range of its own, so
 * that none takes the port that another has just found free.
 */
public final class FreePorts {
  private static final int RANGE = 3_000;
  private static final int RANGES = 4;
  private static final int LOWEST =
      20_000 + Math.floorMod(Integer.getInteger("sluice.test.fork", 1) - 1, RANGES) * RANGE;
  private static final int HIGHEST = LOWEST + RANGE;
  private static final int ATTEMPTS = 1_000;

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
      if (areFree(port + from, port + to)) {
        return port;
      }
    }
    throw new IllegalStateException("No free ports from %d to %d".formatted(LOWEST, HIGHEST));
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
