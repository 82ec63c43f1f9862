package io.sluice.testkit.egress;

import io.sluice.testkit.egress.Protocol.Outcome;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A proxy on a free port of 127.0.0.1 through which clients reach other servers. It has names of
 * its own, which nobody else knows. Each connection has two threads, which end with it.
 */
public final class EgressServer implements AutoCloseable {
  private final Protocol protocol;
  private final Optional<String> login;
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> destinations = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;

  private EgressServer(Protocol protocol, Optional<String> login) {
    this.protocol = protocol;
    this.login = login;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    start(this::accept);
  }

  /**
   * A SOCKS 5 proxy.
   *
   * @param login {@code user:password}, if it asks for one
   */
  public static EgressServer socks5(Optional<String> login) {
    return new EgressServer(new Socks5(), login);
  }

  /**
   * An HTTP proxy.
   *
   * @param login {@code user:password}, if it asks for one
   */
  public static EgressServer http(Optional<String> login) {
    return new EgressServer(new HttpConnect(), login);
  }

  /** Where it listens, {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Lets a name stand for a host. */
  public void name(String name, String host) {
    names.put(name, host);
  }

  /** What clients were connected with, {@code host:port} as they said it, in that order. */
  public List<String> destinations() {
    return List.copyOf(destinations);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      String destination = protocol.destination(in, client.getOutputStream(), login);
      try (Socket target = connect(destination)) {
        open.add(target);
        destinations.add(destination);
        protocol.answer(client.getOutputStream(), Outcome.CONNECTED);
        start(() -> pass(target, client));
        pass(client, target);
      } catch (IOException unreachable) {
        protocol.answer(client.getOutputStream(), Outcome.UNREACHABLE);
      }
    } catch (IOException refused) {
      // and told, or gone
    }
  }

  private Socket connect(String destination) throws IOException {
    int colon = destination.lastIndexOf(':');
    String host = destination.substring(0, colon);
    return new Socket(
        names.getOrDefault(host, host), Integer.parseInt(destination.substring(colon + 1)));
  }

  /** Until one of them ends the connection; the other end goes with it. */
  private static void pass(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException broken) {
      // as connections are at some time
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "egress");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
