package io.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
      daemon("accept", terminator::accept);
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
        daemon("relay", () -> relay(client));
      } catch (IOException closed) {
        // The loop ends with the server.
      }
    }
  }

  private void relay(Socket client) {
    int colon = behind.lastIndexOf(':');
    try (client;
        Socket plain =
            new Socket(behind.substring(0, colon), Integer.parseInt(behind.substring(colon + 1)))) {
      daemon("relay-back", () -> copy(plain, client));
      copy(client, plain);
    } catch (IOException ended) {
      // Either side may end it.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException ended) {
      // Either side may end it.
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, "tls-terminator-" + name);
    thread.setDaemon(true);
    thread.start();
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
