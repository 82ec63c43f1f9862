package io.sluice.sdk.instance;

import java.util.Objects;
import java.util.Optional;

/**
 * A server through which connections to an instance leave this machine's network.
 *
 * @param type what it speaks
 * @param address where it listens, {@code host:port}
 * @param login for a proxy that asks for one
 * @param resolution who looks names up
 */
public record EgressProxy(Type type, String address, Optional<Login> login, Resolution resolution) {

  /** What a proxy speaks. */
  public enum Type {
    /** SOCKS 5, RFC 1928. */
    SOCKS5("socks5"),
    /** CONNECT of HTTP, RFC 9110, 9.3.6. */
    HTTP("http");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** As written in flow files. */
    public String text() {
      return text;
    }
  }

  /** Who looks up the names of servers. */
  public enum Resolution {
    /** This machine; the proxy gets addresses. */
    HERE,
    /** The proxy, which gets names as they are. */
    PROXY
  }

  /** How to introduce oneself. */
  public record Login(String user, Secret password) {}

  public EgressProxy {
    Objects.requireNonNull(type);
    Objects.requireNonNull(address);
    Objects.requireNonNull(login);
    Objects.requireNonNull(resolution);
  }
}
