package io.sluice.broker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP sockets on which this process listens, as Linux tells in {@code proc(5)}. */
final class ListeningSockets {
  private static final String LISTENING = "0A";

  private ListeningSockets() {}

  /** Addresses, {@code host:port}. */
  static Set<String> ofThisProcess() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/net/tcp")));
    Set<String> own = ownSockets();
    Set<String> addresses = new HashSet<>();
    for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.trim().split("\\s+");
        if (columns[3].equals(LISTENING) && own.contains("socket:[" + columns[9] + "]")) {
          addresses.add(address(columns[1]));
        }
      }
    }
    return addresses;
  }

  private static Set<String> ownSockets() throws IOException {
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
        try {
          sockets.add(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException closedMeanwhile) {
          // Not a socket any more.
        }
      }
    }
    return sockets;
  }

  private static String address(String hexadecimal) {
    String[] parts = hexadecimal.split(":");
    int port = Integer.parseInt(parts[1], 16);
    boolean loopback = parts[0].equals("0100007F") || parts[0].endsWith("0100007F");
    return (loopback ? "127.0.0.1" : parts[0]) + ":" + port;
  }
}
