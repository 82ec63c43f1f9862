package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server and counts the connections that it passes on, on a free port of 127.0.0.1,
 * which is {@code localhost} too. Thread-safe.
 */
public final class Turnstile implements AutoCloseable {
  private final ServerSocket entrance;
  private final String server;
  private final AtomicInteger passed = new AtomicInteger();

  private Turnstile(ServerSocket entrance, String server) {
    this.entrance = entrance;
    this.server = server;
  }

  /** Begins to listen before a server with this address, {@code host:port}. */
  public static Turnstile before(String server) {
    try {
      Turnstile turnstile =
          new Turnstile(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), server);
      Relay.daemon("turnstile", turnstile::accept);
      return turnstile;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Relay.start(entrance.accept(), server);
        passed.incrementAndGet();
      } catch (IOException closed) {
        // The loop ends with the entrance.
      }
    }
  }

  /** Its port. */
  public int port() {
    return entrance.getLocalPort();
  }

  /** How many connections have come. */
  public int passed() {
    return passed.get();
  }

  /** Stops listening; connections go on until one of their sides ends them. */
  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
