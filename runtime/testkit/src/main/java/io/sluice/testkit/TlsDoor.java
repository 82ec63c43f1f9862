package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Counts connections on a free port of 127.0.0.1, and ends each after the TLS handshake. */
public final class TlsDoor implements AutoCloseable {
  private final SSLServerSocket socket;
  private final AtomicInteger knocks = new AtomicInteger();

  /**
   * Opens it.
   *
   * @param protocols those that may be spoken; all that the JDK speaks, if none are given
   */
  public TlsDoor(SSLContext context, String... protocols) {
    try {
      socket =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    Thread keeper = new Thread(this::answer, "door");
    keeper.setDaemon(true);
    keeper.start();
  }

  /** Where it is, {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** How many connections there have been. */
  public int knocks() {
    return knocks.get();
  }

  private void answer() {
    while (!socket.isClosed()) {
      try (Socket knocking = socket.accept()) {
        knocks.incrementAndGet();
        ((SSLSocket) knocking).startHandshake();
      } catch (IOException refused) {
        // which is what it is for
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
