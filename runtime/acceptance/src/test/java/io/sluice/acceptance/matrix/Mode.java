package io.sluice.acceptance.matrix;

import java.util.List;
import java.util.Locale;

/**
 * How servers let clients in.
 *
 * <p>The order is that in which they are tried. Neighbours differ in both, and each pair of
 * transports stands next to each other, so that copies between neighbours cover all pairs of
 * transports and all pairs of "with users" and "without".
 */
enum Mode {
  PLAINTEXT(Transport.PLAINTEXT, false),
  TLS_ACL(Transport.TLS, true),
  MUTUAL(Transport.MUTUAL_TLS, false),
  PLAINTEXT_ACL(Transport.PLAINTEXT, true),
  TLS(Transport.TLS, false),
  MUTUAL_ACL(Transport.MUTUAL_TLS, true);

  /** What connections are made of. */
  enum Transport {
    PLAINTEXT,
    TLS,
    MUTUAL_TLS
  }

  private static final int IN_EVERY_BUILD = 3;

  private final Transport transport;
  private final boolean acl;

  Mode(Transport transport, boolean acl) {
    this.transport = transport;
    this.acl = acl;
  }

  /**
   * All of them with {@code -Dsluice.matrix=full}; otherwise each transport, with and without
   * users.
   */
  static List<Mode> chosen() {
    List<Mode> all = List.of(values());
    return "full".equals(System.getProperty("sluice.matrix"))
        ? all
        : all.subList(0, IN_EVERY_BUILD);
  }

  Transport transport() {
    return transport;
  }

  /** Whether connections are made with TLS. */
  boolean isEncrypted() {
    return transport != Transport.PLAINTEXT;
  }

  /** Whether clients need a key. */
  boolean hasUsers() {
    return acl;
  }

  /** For names of topics, flows and files. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
