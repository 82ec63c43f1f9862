package io.sluice.rocketmq.diagnosis;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks the name service of this machine. */
final class Names {
  private static final long PATIENCE_SECONDS = 5;

  private Names() {}

  /** The addresses of a {@code host:port}; none if there are none, or no answer comes in time. */
  static CompletableFuture<List<InetAddress>> resolve(String address) {
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    String host = address.substring(0, address.lastIndexOf(':'));
    // A thread of its own, as nothing ends a look-up that hangs.
    Thread asker =
        new Thread(
            () -> {
              try {
                found.complete(Arrays.asList(InetAddress.getAllByName(host)));
              } catch (UnknownHostException unknown) {
                found.complete(List.of());
              }
            },
            "resolve-" + host);
    asker.setDaemon(true);
    asker.start();
    return found.completeOnTimeout(List.of(), PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Whether packets to it do not leave a private network (RFC 1918, 4193, 6598 and others). */
  static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
    boolean unique = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    return address.isSiteLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || shared
        || unique;
  }
}
