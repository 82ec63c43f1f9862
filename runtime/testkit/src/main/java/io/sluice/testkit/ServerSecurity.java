package io.sluice.testkit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How servers are to be reached: with TLS or without, by whom. Immutable.
 *
 * @param tlsMode the servers' {@code tls.server.mode}: disabled, permissive or enforcing
 * @param certificate with which they identify themselves; also that of the test kit's own client
 * @param clientAuthority PEM file of the authority whose certificates clients have to show
 * @param administrator may do everything; others only if there is one
 * @param others further users, who may do nothing except what {@link User#readable} and {@link
 *     User#writable} say
 */
public record ServerSecurity(
    String tlsMode,
    Optional<Identity> certificate,
    Optional<Path> clientAuthority,
    Optional<User> administrator,
    List<User> others) {

  /** PEM files of a certificate and its key. */
  public record Identity(Path certificate, Path privateKey) {}

  /**
   * Somebody with a key. Key and secret have more than six characters.
   *
   * @param readable topics and groups
   * @param writable topics
   */
  public record User(String key, String secret, List<String> readable, List<String> writable) {

    /** One who may do nothing by itself. */
    public static User of(String key, String secret) {
      return new User(key, secret, List.of(), List.of());
    }
  }

  /** Open to everybody, in plaintext. */
  public static ServerSecurity none() {
    return new ServerSecurity(
        "disabled", Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** The same with TLS, {@code permissive} or {@code enforcing}. */
  public ServerSecurity withTls(String mode, Identity identity) {
    return new ServerSecurity(mode, Optional.of(identity), clientAuthority, administrator, others);
  }

  /** The same for clients with certificates of an authority only. */
  public ServerSecurity withClientAuthority(Path authority) {
    return new ServerSecurity(tlsMode, certificate, Optional.of(authority), administrator, others);
  }

  /** The same for users with keys only. */
  public ServerSecurity withUsers(User admin, User... users) {
    return new ServerSecurity(
        tlsMode, certificate, clientAuthority, Optional.of(admin), List.of(users));
  }

  /** What {@code tls.config.file} holds; the mode stands elsewhere. */
  Map<String, String> tlsProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    certificate.ifPresent(
        identity -> {
          properties.put("tls.test.mode.enable", "false");
          for (String side : List.of("server", "client")) { // brokers are clients of name servers
            properties.put("tls." + side + ".certPath", identity.certificate().toString());
            properties.put("tls." + side + ".keyPath", identity.privateKey().toString());
          }
        });
    clientAuthority.ifPresent(
        authority -> {
          properties.put("tls.server.need.client.auth", "require");
          properties.put("tls.server.authClient", "true");
          properties.put("tls.server.trustCertPath", authority.toString());
        });
    return properties;
  }
}
