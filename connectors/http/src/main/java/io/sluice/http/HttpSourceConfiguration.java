package io.sluice.http;

import io.sluice.http.admission.AddressList;
import io.sluice.http.admission.DomainList;
import io.sluice.http.server.Tls;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import java.util.Optional;

/**
 * Where requests are taken, and whose.
 *
 * @param port to listen at
 * @param bindAddress to listen at
 * @param path requests for it and what is below it are taken
 * @param type {@code HTTP}, {@code HTTPS} or {@code HTTP&HTTPS}
 * @param tls certificate and key
 * @param method methods that are taken
 * @param securityConfig {@code none}, {@code ip} or {@code referer}
 * @param ip addresses and blocks of addresses
 * @param referer domains
 * @param maximumBodySize in bytes
 * @param maximumConnections at a time
 * @param answerTimeoutSeconds how long a caller waits
 * @param source what the events have as {@code source}; the name of the source if absent
 */
public record HttpSourceConfiguration(
    int port,
    String bindAddress,
    String path,
    String type,
    Optional<Tls> tls,
    List<String> method,
    String securityConfig,
    List<String> ip,
    List<String> referer,
    int maximumBodySize,
    int maximumConnections,
    int answerTimeoutSeconds,
    Optional<String> source) {
  private static final String PLAIN = "HTTP";
  private static final String ENCRYPTED = "HTTPS";

  /**
   * Checks what the schema cannot.
   *
   * @throws SluiceException {@code http.tls-missing}, {@code http.without-effect}, {@code
   *     http.bad-address}, {@code http.bad-domain}
   */
  public HttpSourceConfiguration {
    method = List.copyOf(method);
    ip = List.copyOf(ip);
    referer = List.copyOf(referer);
    if (!type.equals(PLAIN) && tls.isEmpty()) {
      throw new SluiceException(
          HttpError.TLS_MISSING,
          "'type' is " + type + " without 'tls'",
          Location.InBlock.of("type"));
    }
    if (type.equals(PLAIN) && tls.isPresent()) {
      throw withoutEffect("'tls' has no effect where 'type' is HTTP", "tls");
    }
    checkList("ip", ip, securityConfig);
    checkList("referer", referer, securityConfig);
    AddressList.of(ip);
    DomainList.of(referer);
  }

  private static void checkList(String name, List<String> list, String securityConfig) {
    boolean used = securityConfig.equals(name);
    if (used && list.isEmpty()) {
      throw withoutEffect(
          "'securityConfig' is " + name + ", and '" + name + "' lists nobody", "securityConfig");
    }
    if (!used && !list.isEmpty()) {
      throw withoutEffect(
          "'" + name + "' has no effect where 'securityConfig' is " + securityConfig, name);
    }
  }

  private static SluiceException withoutEffect(String message, String key) {
    return new SluiceException(HttpError.WITHOUT_EFFECT, message, Location.InBlock.of(key));
  }

  /** Whether requests may come without encryption. */
  public boolean takesPlain() {
    return !type.equals(ENCRYPTED);
  }
}
