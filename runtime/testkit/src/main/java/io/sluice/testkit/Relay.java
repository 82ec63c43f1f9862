package io.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Passes bytes between a client and a server, until either ends its connection. */
final class Relay {
  private Relay() {}

  /**
   * Opens the server's side, and returns at once.
   *
   * @param server its address, {@code host:port}
   */
  static void start(Socket client, String server) {
    daemon("relay", () -> relay(client, server));
  }

  private static void relay(Socket client, String server) {
    int colon = server.lastIndexOf(':');
    try (client;
        Socket behind =
            new Socket(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)))) {
      daemon("relay-back", () -> copy(behind, client));
      copy(client, behind);
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

  /** Runs something in a thread that keeps no process. */
  static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
