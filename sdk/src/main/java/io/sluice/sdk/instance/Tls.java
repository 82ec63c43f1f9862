package io.sluice.sdk.instance;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How TLS connections to an instance are made. Files are PEM or PKCS12, whatever their names; what
 * they hold may change while they are in use.
 *
 * @param trust certificates of the authorities that are trusted; the JDK's if empty
 * @param trustPassword of a PKCS12 file of authorities
 * @param certificate the client's own certificate with its chain, for servers that ask for one
 * @param privateKey its key; may be empty if the file of the certificate holds it
 * @param privateKeyPassword of an encrypted key or a PKCS12 file
 * @param verifyHostname whether the server's certificate must name the host that was connected to
 * @param protocols those that may be used, such as {@code TLSv1.3}, at least one
 * @param required whether {@link Access#PERMISSIVE} must not do without TLS
 */
public record Tls(
    Optional<Path> trust,
    Optional<Secret> trustPassword,
    Optional<Path> certificate,
    Optional<Path> privateKey,
    Optional<Secret> privateKeyPassword,
    boolean verifyHostname,
    List<String> protocols,
    boolean required) {

  /** The JDK's authorities, no certificate of its own, host names verified. */
  public static final Tls DEFAULT =
      new Tls(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          true,
          List.of("TLSv1.3", "TLSv1.2"),
          false);

  public Tls {
    protocols = List.copyOf(protocols);
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException("no protocol is left");
    }
  }
}
