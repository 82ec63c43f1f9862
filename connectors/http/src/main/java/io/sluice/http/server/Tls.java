package io.sluice.http.server;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sluice.http.HttpError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Certificate and key for HTTPS.
 *
 * @param certificate with its chain, PEM text
 * @param privateKey PKCS8, PEM text
 * @param privateKeyPassword of an encrypted key
 */
public record Tls(String certificate, String privateKey, Optional<String> privateKeyPassword) {

  /** What keeps them from being used, if anything does. */
  public Optional<SluiceException> problem() {
    try {
      context();
      return Optional.empty();
    } catch (SluiceException unusable) {
      return Optional.of(unusable);
    }
  }

  /**
   * The context of connections.
   *
   * @throws SluiceException {@code http.bad-certificate}
   */
  SslContext context() {
    try {
      return SslContextBuilder.forServer(
              text(certificate), text(privateKey), privateKeyPassword.orElse(null))
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      // What the library says may hold part of the key (I9).
      throw new SluiceException(
          HttpError.BAD_CERTIFICATE,
          "certificate and key cannot be used",
          Location.InBlock.of("tls"));
    }
  }

  private static InputStream text(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the key (I9). */
  @Override
  public String toString() {
    return "Tls[***]";
  }
}
