package io.sluice.testkit.egress;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** CONNECT of SOCKS 5 (RFC 1928), by address of IPv4 or name, with user and password (RFC 1929). */
final class Socks5 implements Protocol {
  private static final int VERSION = 5;
  private static final int NO_LOGIN = 0;
  private static final int PASSWORD = 2;
  private static final int NO_METHOD = 0xFF;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int HOST_UNREACHABLE = 4;

  @Override
  public String destination(DataInputStream in, OutputStream out, Optional<String> login)
      throws IOException {
    in.readByte(); // version
    byte[] methods = in.readNBytes(in.readUnsignedByte());
    int wanted = login.isPresent() ? PASSWORD : NO_LOGIN;
    boolean offered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(wanted) >= 0;
    out.write(new byte[] {VERSION, (byte) (offered ? wanted : NO_METHOD)});
    if (!offered) {
      throw new Refused("no method in common");
    }
    if (login.isPresent()) {
      in.readByte(); // version of RFC 1929
      boolean known = (text(in) + ":" + text(in)).equals(login.get());
      out.write(new byte[] {1, (byte) (known ? 0 : 1)});
      if (!known) {
        throw new Refused("an unknown user");
      }
    }
    in.skipNBytes(3); // version, CONNECT, reserved
    String host =
        switch (in.readByte()) {
          case IPV4 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
          case NAME -> text(in);
          default -> throw new Refused("another kind of address");
        };
    return host + ":" + in.readUnsignedShort();
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
  }

  @Override
  public void answer(OutputStream out, Outcome outcome) throws IOException {
    int status = outcome == Outcome.CONNECTED ? 0 : HOST_UNREACHABLE;
    out.write(new byte[] {VERSION, (byte) status, 0, IPV4, 0, 0, 0, 0, 0, 0});
  }
}
