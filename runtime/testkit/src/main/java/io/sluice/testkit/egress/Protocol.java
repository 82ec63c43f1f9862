package io.sluice.testkit.egress;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** How a client asks a proxy for a connection. */
interface Protocol {

  /** A client that may not use the proxy, or says what it does not understand. */
  final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason);
    }
  }

  /**
   * Reads what a client wants, as far as the destination, {@code host:port}.
   *
   * @param login what it has to give, {@code user:password}; nothing if it need not
   * @throws Refused after the client has been told
   */
  String destination(DataInputStream in, OutputStream out, Optional<String> login)
      throws IOException;

  /** Tells the client that it is connected, or that it could not be. */
  void answer(OutputStream out, Outcome outcome) throws IOException;

  /** What came of it. */
  enum Outcome {
    CONNECTED,
    UNREACHABLE
  }
}
