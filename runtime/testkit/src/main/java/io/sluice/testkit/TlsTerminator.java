package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/**
 * Stands before a plaintext server as load balancers do: ends TLS, for HTTP/2, asks clients for a
 * certificate of an authority, and passes on what they say. On a free port of 127.0.0.1.
 * Thread-safe.
 */
public final class TlsTerminator implements AutoCloseable {
  private final SSLServerSocket server;
  private final String behind;
  private final AtomicInteger connections = new AtomicInteger();

  private TlsTerminator(SSLServerSocket server, String behind) {
    this.server = server;
    this.behind = behind;
  }

  /**
   * Begins to listen.
   *
   * @param shown to clients
   * @param clients the authority that clients' certificates come from
   * @param behind address of the plaintext server
   */
  public static TlsTerminator start(Authority.Issued shown, Authority clients, String behind) {
    try {
      SSLServerSocket server =
          (SSLServerSocket)
              shown
                  .serverContextFor(clients)
                  .getServerSocketFactory()
                  .createServerSocket(FreePorts.one(), 50, InetAddress.getByName("127.0.0.1"));
      SSLParameters parameters = server.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      parameters.setNeedClientAuth(true);
      server.setSSLParameters(parameters);
      TlsTerminator terminator = new TlsTerminator(server, behind);
      Relay.daemon("tls-terminator-accept", terminator::accept);
      return terminator;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where it listens, {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** How many connections have come. */
  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        connections.incrementAndGet();
        Relay.start(client, behind);
      } catch (IOException closed) {
        // The loop ends with the server.
      }
    }
  }

  /** Stops listening; connections go on until one of their sides ends them. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
