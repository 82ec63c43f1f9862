package io.sluice.testkit.egress;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** CONNECT of HTTP/1.1 (RFC 9110, 9.3.6), with basic credentials (RFC 7617). */
final class HttpConnect implements Protocol {

  @Override
  public String destination(DataInputStream in, OutputStream out, Optional<String> login)
      throws IOException {
    String[] request = line(in).split(" ");
    boolean admitted = login.isEmpty();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      admitted |= header.equalsIgnoreCase("proxy-authorization: Basic " + encoded(login));
    }
    if (!admitted) {
      write(out, "407 Proxy Authentication Required");
      throw new Refused("an unknown user");
    }
    if (!request[0].equals("CONNECT")) {
      write(out, "405 Method Not Allowed");
      throw new Refused("not a CONNECT");
    }
    return request[1];
  }

  private static String encoded(Optional<String> login) {
    return Base64.getEncoder().encodeToString(login.orElse("").getBytes(StandardCharsets.UTF_8));
  }

  /** Without buffering, as what follows belongs to the server behind. */
  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void answer(OutputStream out, Outcome outcome) throws IOException {
    write(out, outcome == Outcome.CONNECTED ? "200 Connection established" : "502 Bad Gateway");
  }

  private static void write(OutputStream out, String status) throws IOException {
    out.write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
