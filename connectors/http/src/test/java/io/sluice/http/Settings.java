package io.sluice.http;

import io.sluice.http.server.Tls;
import io.sluice.testkit.FreePorts;
import java.util.List;
import java.util.Optional;

/** Configurations that differ from the defaults in one thing. */
record Settings(
    String path,
    String type,
    Optional<Tls> tls,
    List<String> methods,
    String securityConfig,
    List<String> ip,
    List<String> referer,
    int maximumConnections) {
  static final Settings DEFAULT =
      new Settings(
          "/",
          "HTTP",
          Optional.empty(),
          List.of("POST", "HEAD"),
          "none",
          List.of(),
          List.of(),
          256);

  Settings withPath(String other) {
    return new Settings(other, type, tls, methods, securityConfig, ip, referer, maximumConnections);
  }

  Settings withTls(String otherType, Tls other) {
    return new Settings(
        path,
        otherType,
        Optional.of(other),
        methods,
        securityConfig,
        ip,
        referer,
        maximumConnections);
  }

  Settings withMethods(String... others) {
    return new Settings(
        path, type, tls, List.of(others), securityConfig, ip, referer, maximumConnections);
  }

  Settings withIp(String... addresses) {
    return new Settings(
        path, type, tls, methods, "ip", List.of(addresses), referer, maximumConnections);
  }

  Settings withReferer(String... domains) {
    return new Settings(
        path, type, tls, methods, "referer", ip, List.of(domains), maximumConnections);
  }

  Settings withConnections(int most) {
    return new Settings(path, type, tls, methods, securityConfig, ip, referer, most);
  }

  HttpSourceConfiguration at(int port) {
    return new HttpSourceConfiguration(
        port,
        "127.0.0.1",
        path,
        type,
        tls,
        methods,
        securityConfig,
        ip,
        referer,
        100_000,
        maximumConnections,
        30,
        Optional.empty());
  }

  HttpSourceConfiguration configuration() {
    return at(FreePorts.one());
  }
}
