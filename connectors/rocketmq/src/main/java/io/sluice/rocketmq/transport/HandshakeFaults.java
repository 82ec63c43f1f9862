package io.sluice.rocketmq.transport;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.sluice.rocketmq.RocketMqError;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Tells apart why TLS came to nothing, by what the JDK and Netty throw. */
final class HandshakeFaults {
  /** Alerts by which a server says that it wants another certificate of the client, or one. */
  private static final Pattern CLIENT_CERTIFICATE =
      Pattern.compile("certificate|unknown_ca|access_denied");

  /**
   * What a server may say as well, once it has agreed on everything else: handshake_failure of a
   * missing certificate (RFC 5246, 7.4.6), as those do that use OpenSSL, and internal_error of one
   * that it does not trust, as RocketMQ 4.8 does.
   */
  private static final Pattern CLIENT_CERTIFICATE_OR_NONE =
      Pattern.compile(CLIENT_CERTIFICATE.pattern() + "|handshake_failure|internal_error");

  private static final String ALERT = "received fatal alert";

  /** How {@code sun.security.util.HostnameChecker} begins. */
  private static final List<String> WRONG_HOST =
      List.of("No subject alternative", "No name matching", "Illegal given domain name");

  private HandshakeFaults() {}

  /**
   * Why a handshake failed.
   *
   * @param greeting what the server had said before
   */
  static TransportFault of(Throwable failure, String address, Greeting greeting) {
    List<Throwable> causes = causes(failure);
    if (any(causes, NotSslRecordException.class)) {
      return notOffered(address, "answers TLS with something else", failure);
    }
    if (any(causes, SslHandshakeTimeoutException.class)) {
      return new TransportFault(
          RocketMqError.TIMEOUT, address + " does not answer the TLS handshake", failure);
    }
    Optional<TransportFault> refused = certificate(causes, address, failure);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (!greeting.heard()) {
      return notOffered(address, "closes connections that begin with TLS", failure);
    }
    return alert(
            failure, address, greeting.alerted() ? CLIENT_CERTIFICATE : CLIENT_CERTIFICATE_OR_NONE)
        .orElseGet(
            () ->
                new TransportFault(
                    RocketMqError.TLS_FAILED,
                    "no TLS connection with " + address + ": " + failure.getMessage(),
                    failure));
  }

  /** An alert that came when the handshake seemed to be done, as in TLS 1.3. */
  static Optional<TransportFault> alert(Throwable failure, String address) {
    return alert(failure, address, CLIENT_CERTIFICATE);
  }

  /**
   * @param client alerts that speak of the client's certificate
   */
  private static Optional<TransportFault> alert(Throwable failure, String address, Pattern client) {
    for (Throwable cause : causes(failure)) {
      String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (cause instanceof SSLException && text.contains(ALERT)) {
        String alert = text.substring(text.indexOf(ALERT) + ALERT.length());
        return Optional.of(
            client.matcher(alert).find()
                ? new TransportFault(
                    RocketMqError.TLS_CLIENT_REFUSED,
                    address + " does not accept this client's certificate" + alert,
                    failure)
                : new TransportFault(
                    RocketMqError.TLS_FAILED,
                    "no TLS connection with " + address + alert,
                    failure));
      }
    }
    return Optional.empty();
  }

  private static Optional<TransportFault> certificate(
      List<Throwable> causes, String address, Throwable failure) {
    for (Throwable cause : causes) {
      String why = ": " + cause.getMessage();
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return Optional.of(
            new TransportFault(
                RocketMqError.TLS_EXPIRED,
                address + " shows a certificate that is not valid now" + why,
                failure));
      }
    }
    for (Throwable cause : causes) {
      String why = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateException && WRONG_HOST.stream().anyMatch(why::startsWith)) {
        return Optional.of(
            new TransportFault(
                RocketMqError.TLS_WRONG_HOST,
                address + " shows a certificate of another host: " + why,
                failure));
      }
    }
    return any(causes, CertPathBuilderException.class)
            || any(causes, CertPathValidatorException.class)
            || any(causes, CertificateException.class)
        ? Optional.of(
            new TransportFault(
                RocketMqError.TLS_UNTRUSTED,
                address + " shows a certificate of an authority that is not trusted here",
                failure))
        : Optional.empty();
  }

  private static TransportFault notOffered(String address, String what, Throwable failure) {
    return new TransportFault(RocketMqError.TLS_NOT_OFFERED, address + " " + what, failure);
  }

  private static boolean any(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }
}
